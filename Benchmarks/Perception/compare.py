"""Lets `perceptionbenchmark` and `twin.py` take turns at LPIPS and I3D, and writes the ratios.

  compare.py BINARY PYTHON NETWORKS RESULTS [--rounds N] [--threads N]

Both sides are started once and keep their networks; in every round each job runs on one side, then on the
other, with the same number of threads. A round gives one ratio, and the median of the ratios counts.
Before that both must answer the same numbers. RESULTS gets perception.json and perception.md.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "common"))
from turns import cell, summary, write  # noqa: E402

# Job, repeats in a round, what one repeat is.
JOBS = [
    ("lpips-alex", 10, "16 pairs of 128 x 128"),
    ("lpips-vgg", 1, "16 pairs of 128 x 128"),
    ("i3d", 2, "1 clip of 16 frames, 224 x 224"),
]


class Side:
    def __init__(self, command, threads):
        environment = dict(os.environ, THREADS=str(threads), OMP_NUM_THREADS=str(threads))
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )

    def run(self, job, repeats):
        self.process.stdin.write(json.dumps({"job": job, "repeats": repeats}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("one side ended early; its message is above")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "python", "networks", "results"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    os.environ["PHYWORLD_NETWORKS"] = str(options.networks)
    twin = pathlib.Path(__file__).with_name("twin.py")
    ours = Side([options.binary], options.threads)
    theirs = Side([options.python, twin, options.networks], options.threads)
    rounds = {job: [] for job, _, _ in JOBS}
    for number in range(options.rounds):
        for job, repeats, _ in JOBS:
            # The sides take turns in going first.
            order = [ours, theirs] if number % 2 == 0 else [theirs, ours]
            answers = {side: side.run(job, repeats) for side in order}
            mine, other = answers[ours], answers[theirs]
            if abs(mine["checksum"] - other["checksum"]) > 1e-4 * abs(other["checksum"]):
                sys.exit(f"{job}: {mine['checksum']} here, {other['checksum']} in PyTorch")
            rounds[job].append((mine["seconds"], other["seconds"]))
    ours.close()
    theirs.close()
    entries = [
        {
            "job": job,
            "of": what,
            "ours_seconds": summary([mine for mine, _ in rounds[job]]),
            "pytorch_seconds": summary([other for _, other in rounds[job]]),
            "ratio": summary([mine / other for mine, other in rounds[job]]),
        }
        for job, _, what in JOBS
    ]
    document = {"threads": options.threads, "rounds": options.rounds, "jobs": entries}
    lines = [
        f"{options.threads} thread(s) either side, {options.rounds} rounds; median (least to most).",
        "",
        "| job | of | ours, ms | PyTorch, ms | ratio |",
        "|---|---|---|---|---|",
    ]
    for entry in entries:
        lines.append(
            f"| {entry['job']} | {entry['of']} | {cell(entry['ours_seconds'], 1, 1000)} "
            f"| {cell(entry['pytorch_seconds'], 1, 1000)} | {cell(entry['ratio'], 2)} |"
        )
    write(options.results, "perception", document, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
