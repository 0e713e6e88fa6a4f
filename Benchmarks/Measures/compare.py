"""Times `measurebenchmark` against `official.py`, one after the other in turns, and writes the results.

  compare.py BINARY PYTHON RESULTS [--rounds N] [--quick]

RESULTS gets measures.json and measures.md. In every round each job runs once on either side, in
processes of their own with one thread each; a round gives one ratio, and the median of the ratios
counts. Before anything is timed both sides must find the same numbers on the same videos.
"""

import argparse
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "common"))
from turns import cell, machine, rate, run, summary, write  # noqa: E402

LAWS = ["uniform", "parabola", "collision"]
SIZES = [128, 256]
# Different videos in memory on either side; they are gone through again and again.
DISTINCT = 8
# Job of ours, what it does, the ratio that is asked for at 128 pixels.
JOBS = [
    ("official", "the same numbers", 100),
    ("score", "these, every object and the unbiased rulers", None),
]


class Comparison:
    def __init__(self, binary, python, folder):
        self.binary = binary
        self.theirs = [python, pathlib.Path(__file__).with_name("official.py")]
        self.folder = folder

    def ours(self, job, law, size, *options):
        command = [self.binary, job, "--law", law, "--size", size, "--distinct", DISTINCT]
        return run([*command, *options])

    def their(self, job, law, size, *options):
        return run([*self.theirs, job, self.folder / f"{law}-{size}", *options])

    def check(self):
        """Writes the videos both sides use and refuses to go on if a number differs."""
        largest = 0.0
        for law in LAWS:
            for size in SIZES:
                self.ours("videos", law, size, "--output", self.folder / f"{law}-{size}")
                mine = self.ours("values", law, size)["values"]
                other = self.their("values", law, size)["values"]
                for a, b in zip(mine, other, strict=True):
                    if a.keys() != b.keys():
                        sys.exit(f"{law}: one side measures {sorted(a)}, the other {sorted(b)}")
                    for name, value in b.items():
                        difference = abs(a[name] - value) / max(abs(value), 0.1)
                        if not difference <= 1e-9:
                            sys.exit(f"{law} at {size}: {name} is {a[name]} here, {value} there")
                        largest = max(largest, difference)
        return largest

    def measure(self, rounds, share):
        results = {(law, size, job): [] for law in LAWS for size in SIZES for job, _, _ in JOBS}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for law in LAWS:
                for size in SIZES:
                    scale = share * (size // 128) ** 2
                    videos = max(8000 // scale, 1)

                    def mine():
                        return {
                            job: self.ours(job, law, size, "--videos", videos)
                            for job, _, _ in JOBS
                        }

                    def other():
                        return self.their("score", law, size, "--videos", max(100 // scale, 8))

                    # The sides take turns in going first.
                    if number % 2 == 0:
                        own, theirs = mine(), other()
                    else:
                        theirs, own = other(), mine()
                    for job, _, _ in JOBS:
                        results[law, size, job].append((rate(own[job]), rate(theirs)))
        return results


def report(results, largest, rounds):
    compared = []
    for (law, size, job), rates in results.items():
        _, does, wanted = next(entry for entry in JOBS if entry[0] == job)
        compared.append(
            {
                "law": law,
                "size": size,
                "job": job,
                "does": does,
                "ours_per_second": summary([own for own, _ in rates]),
                "official_per_second": summary([theirs for _, theirs in rates]),
                "ratio": summary([own / theirs for own, theirs in rates]),
                "wanted_ratio": wanted if size == 128 else None,
            }
        )
    return {
        **machine(),
        "rounds": rounds,
        "largest_relative_difference": largest,
        "compared": compared,
    }


def table(document):
    """The results in Markdown."""
    lines = [
        f"{document['processor']}, {document['cores']} cores, {document['rounds']} rounds; median "
        "(least to most). One process and one thread on either side; videos of 32 frames in memory.",
        "",
        "| law | pixels | ours does | ours, videos/s | official method, videos/s | ratio | wanted |",
        "|---|---|---|---|---|---|---|",
    ]
    for entry in document["compared"]:
        wanted = entry["wanted_ratio"] or ""
        lines.append(
            f"| {entry['law']} | {entry['size']} | {entry['does']} "
            f"| {cell(entry['ours_per_second'])} | {cell(entry['official_per_second'], 1)} "
            f"| {cell(entry['ratio'])} | {wanted} |"
        )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="our measures against the official method")
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("python", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="a tenth of the videos")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options.binary, options.python, pathlib.Path(folder))
        largest = comparison.check()
        results = comparison.measure(options.rounds, 10 if options.quick else 1)
    document = report(results, largest, options.rounds)
    write(options.results, "measures", document, table(document))


if __name__ == "__main__":
    main()
