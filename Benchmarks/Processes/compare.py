"""Lets one process and two take turns at the same training, and writes videos a second.

  compare.py BINARY RESULTS [--rounds N] [--steps N]

Every turn trains the same run from its beginning in a folder of its own; its number is the median of the
videos a second in metrics.jsonl, whose first record (with the warm-up) is left out. A round gives one ratio to
one process on one thread, and the median of the ratios counts. All turns must end with the same loss.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "common"))
from turns import cell, machine, summary, write  # noqa: E402

# Name, processes, threads of each.
ARMS = [("one process, one thread", 1, 1), ("one process, two threads", 1, 2),
        ("two processes, one thread each", 2, 1)]
# Name, settings beside the laptop's. The second exchanges some 70 times the gradients of the first per video.
RUNS = [("laptop", []),
        ("width 384, batch 8", ["model.width=384", "model.heads=6", "optimization.batch=8"])]


def turn(binary, folder, processes, threads, steps, settings):
    every = max(steps // 10, 1)
    values = [f"loop.steps={steps}", "loop.probeEvery=0", "loop.checkpointEvery=0", "data.videos=64",
              f"loop.recordEvery={every}"] + settings
    command = [binary, "train", "--scale", "laptop", "--threads", threads, "--processes", processes,
               "--output", folder, "--quiet"]
    for value in values:
        command += ["--set", value]
    subprocess.run([str(part) for part in command], check=True)
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    return statistics.median(line["videosPerSecond"] for line in lines[1:]), lines[-1]["loss"]


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "results"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=200)
    options = parser.parse_args()
    binary = options.binary.resolve()
    document = {"machine": None, "rounds": options.rounds, "steps": options.steps, "runs": {}}
    table = "| run | arm | videos a second | of one process, one thread | last loss |\n|---|---|---|---|---|\n"
    with tempfile.TemporaryDirectory() as temporary:
        for run, settings in RUNS:
            rates = {arm: [] for arm, _, _ in ARMS}
            losses = {}
            for number in range(options.rounds):
                for arm, processes, threads in ARMS:
                    folder = pathlib.Path(temporary) / f"{run}-{number}-{processes}-{threads}"
                    rate, losses[arm] = turn(
                        binary, folder, processes, threads, options.steps, settings)
                    rates[arm].append(rate)
            first = ARMS[0][0]
            for arm, loss in losses.items():
                if abs(loss - losses[first]) > 1e-3 * abs(losses[first]):
                    sys.exit(f"{run}: {arm} ends with a loss of {loss}, {first} with {losses[first]}")
            document["runs"][run] = {}
            for arm, _, _ in ARMS:
                ratios = summary([a / b for a, b in zip(rates[arm], rates[first])])
                document["runs"][run][arm] = {
                    "videos_per_second": rates[arm], "ratio": ratios, "loss": losses[arm]}
                table += (f"| {run} | {arm} | {cell(summary(rates[arm]))} | {cell(ratios, 2)} "
                          f"| {losses[arm]:.6f} |\n")
    document["machine"] = machine()
    write(options.results, "processes", document, table)


if __name__ == "__main__":
    main()
