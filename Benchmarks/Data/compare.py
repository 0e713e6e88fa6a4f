"""Times `databenchmark` against `official.py`, one after the other in turns, and writes the results.

  compare.py BINARY PYTHON RESULTS [--rounds N] [--quick]

RESULTS gets data.json and data.md. In every round each job runs once on either side, in processes of
their own with one thread each; a round gives one ratio, and the median of the ratios counts. Before
anything is timed both sides must draw the same pixels for the same positions.
"""

import argparse
import pathlib
import shutil
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "common"))
from turns import cell, machine, rate, run, summary, write  # noqa: E402

# Job, law, videos of ours and of theirs in a round, the ratio that is asked for.
COMPARED = [
    ("simulate", "uniform", 20_000, 1_000, None),
    ("simulate", "collision", 20_000, 1_000, None),
    ("render-256", "uniform", 5_000, 15, 300),
    ("render-256", "collision", 4_000, 8, 300),
    ("encode", "uniform", 200, 10, 20),
    ("hdf5", "uniform", 200, 10, 20),
    ("hdf5", "collision", 200, 8, 20),
]
# Jobs without a counterpart: law, videos, threads, videos a second that are asked for.
ALONE = [
    ("stream-128", "uniform", 4_000, 1, 1_500),
    ("stream-128", "collision", 4_000, 1, 1_500),
    ("stream-128", "uniform", 8_000, 2, 3_000),
    ("render-256-every-byte", "uniform", 1_500, 1, None),
]
SCENES = 8


class Comparison:
    def __init__(self, binary, python, folder):
        self.binary = binary
        self.theirs = [python, pathlib.Path(__file__).with_name("official.py")]
        self.folder = folder

    def check_pixels(self):
        """Writes the scenes both sides use and refuses to go on if the pictures differ."""
        checks = {}
        for law in ("uniform", "collision"):
            scenes = self.folder / law
            run([self.binary, "scenes", "--law", law, "--videos", SCENES, "--output", scenes])
            checks[law] = check = run([*self.theirs, "check", scenes])
            if check["different_pixels_same_positions"] or (
                check["largest_position_difference"] > 1e-5
            ):
                sys.exit(f"the two sides do not make the same {law} videos: {check}")
            (scenes / "pixels.bin").unlink()
        return checks

    def ours(self, job, law, videos, threads=1):
        output = self.folder / "ours"
        shutil.rmtree(output, ignore_errors=True)
        command = [self.binary, job, "--law", law, "--videos", videos, "--threads", threads]
        return run(command + ["--output", output])

    def their(self, job, law, videos):
        output = self.folder / "theirs.hdf5"
        command = [*self.theirs, job, self.folder / law, "--videos", videos]
        return run(command + ["--output", output])

    def measure(self, rounds, share):
        pairs = {job[:2]: [] for job in COMPARED}
        alone = {job: [] for job in ALONE}
        memory = {"memory-plain": [], "memory-streaming": []}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for job, law, ours, theirs, _ in COMPARED:
                ours, theirs = max(ours // share, 1), max(theirs // share, 1)
                # The sides take turns in going first.
                if number % 2 == 0:
                    mine = self.ours(job, law, ours)
                    other = self.their(job, law, theirs)
                else:
                    other = self.their(job, law, theirs)
                    mine = self.ours(job, law, ours)
                pairs[job, law].append((mine, other))
            for job in ALONE:
                alone[job].append(self.ours(job[0], job[1], job[2] // share, job[3]))
            for job, results in memory.items():
                results.append(run([self.binary, job]))
        return pairs, alone, memory


def report(pairs, alone, memory, checks, rounds):
    bandwidth = {
        job: summary([r["bytes"] / r["seconds"] / 1e9 for r in results])
        for job, results in memory.items()
    }
    peak = max(value["median"] for value in bandwidth.values())
    compared = []
    for job, law, _, _, wanted in COMPARED:
        results = pairs[job, law]
        entry = {
            "job": job,
            "law": law,
            "ours_per_second": summary([rate(mine) for mine, _ in results]),
            "official_per_second": summary([rate(other) for _, other in results]),
            "ratio": summary([rate(mine) / rate(other) for mine, other in results]),
            "wanted_ratio": wanted,
        }
        sizes = [side["fileBytes"] / side["videos"] for side in results[-1] if "fileBytes" in side]
        if sizes:
            entry["bytes_per_video"] = sizes
        if job == "render-256":
            written = [mine["bytes"] / mine["seconds"] / 1e9 for mine, _ in results]
            entry["share_of_memory_bandwidth"] = statistics.median(written) / peak
        compared.append(entry)
    singles = []
    for job, law, _, threads, wanted in ALONE:
        results = alone[job, law, _, threads, wanted]
        gigabytes = statistics.median([r["bytes"] / r["seconds"] / 1e9 for r in results])
        singles.append(
            {
                "job": job,
                "law": law,
                "threads": threads,
                "per_second": summary([rate(result) for result in results]),
                "wanted_per_second": wanted,
                "share_of_memory_bandwidth": gigabytes / peak,
            }
        )
    return {
        **machine(),
        "rounds": rounds,
        "same_pixels": checks,
        "memory_gigabytes_per_second": bandwidth,
        "compared": compared,
        "alone": singles,
    }


def table(document):
    """The results in Markdown."""
    lines = [
        f"{document['processor']}, {document['cores']} cores, {document['rounds']} rounds; median "
        "(least to most). One process and one thread on either side unless said otherwise.",
        "",
        "| job | law | ours, videos/s | official method, videos/s | ratio | wanted |",
        "|---|---|---|---|---|---|",
    ]
    for entry in document["compared"]:
        wanted = f"{entry['wanted_ratio']}" if entry["wanted_ratio"] else ""
        lines.append(
            f"| {entry['job']} | {entry['law']} | {cell(entry['ours_per_second'])} "
            f"| {cell(entry['official_per_second'], 1)} | {cell(entry['ratio'])} | {wanted} |"
        )
    lines += ["", "| job | law | threads | videos/s | wanted |", "|---|---|---|---|---|"]
    for entry in document["alone"]:
        wanted = f"{entry['wanted_per_second']:,}" if entry["wanted_per_second"] else ""
        lines.append(
            f"| {entry['job']} | {entry['law']} | {entry['threads']} "
            f"| {cell(entry['per_second'])} | {wanted} |"
        )
    lines += ["", "Memory of this machine, a gigabyte written by one thread:"]
    for job, values in document["memory_gigabytes_per_second"].items():
        lines.append(f"- {job}: {cell(values, 1)} GB/s")
    lines += ["", "Pixels made per second as a share of the faster of the two:"]
    for entry in document["compared"] + document["alone"]:
        if "share_of_memory_bandwidth" in entry:
            threads = f", {entry['threads']} threads" if entry.get("threads", 1) > 1 else ""
            lines.append(
                f"- {entry['job']}, {entry['law']}{threads}: "
                f"{entry['share_of_memory_bandwidth']:.0%}"
            )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="our data against the official method")
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("python", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of the videos")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options.binary, options.python, pathlib.Path(folder))
        checks = comparison.check_pixels()
        measured = comparison.measure(options.rounds, 10 if options.quick else 1)
    document = report(*measured, checks, options.rounds)
    write(options.results, "data", document, table(document))


if __name__ == "__main__":
    main()
