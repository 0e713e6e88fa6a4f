"""Times scenes of the combinatorial testbed against Box2D's own steps of the same scenes.

  compare.py BINARY RESULTS [--rounds N] [--scenes N]

One process on one thread does all jobs, which take turns at every scene. A round gives one ratio to the time
inside `b2World::Step`, and the median of the ratios counts. The steps compared with are those of the same program, whose Box2D reads no clocks: one
that reads them is slower, so the ratios are the strict ones. RESULTS gets combinatorial.json and
combinatorial.md.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

JOBS = [
    ("stepping", "1000 calls of b2World::Step, nothing else"),
    ("simulate", "scene drawn, checked, simulated, poses of 50 frames"),
    ("ids", "the same, and 50 frames of 512 x 512 colour ids"),
    ("colors", "the same, and 50 frames of 256 x 256 RGB in a training batch"),
]
# Videos a second of the reference on two busy cores: simulation, raster and sampling in Python.
REFERENCE = 43


def ask(process, **request):
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        sys.exit("the program ended early; its message is above")
    return json.loads(line)


def summary(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def write(path, text):
    temporary = path.with_name(f".{path.name}.partial")
    temporary.write_text(text)
    temporary.rename(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--scenes", type=int, default=120)
    options = parser.parse_args()
    process = subprocess.Popen(
        [str(options.binary)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    ask(process, first=0, count=10)
    rounds = {job: [] for job, _ in JOBS}
    processor = {job: [] for job, _ in JOBS}
    for number in range(options.rounds):
        answer = ask(process, first=number * options.scenes, count=options.scenes)
        for job, _ in JOBS:
            rounds[job].append(answer["seconds"][job] / options.scenes)
            processor[job].append(answer["processorSeconds"][job] / options.scenes)
    process.stdin.close()
    process.wait()
    entries = []
    for job, what in JOBS:
        ratios = [mine / steps for mine, steps in zip(rounds[job], rounds["stepping"])]
        seconds = summary(rounds[job])
        entries.append({
            "job": job, "of": what, "seconds": seconds, "processor_seconds": summary(processor[job]),
            "ratio_to_stepping": summary(ratios),
            "videos_per_second": 1 / seconds["median"],
            "of_reference": 1 / seconds["median"] / REFERENCE,
        })
    document = {"rounds": options.rounds, "scenes": options.scenes, "jobs": entries}
    lines = [
        f"One thread, {options.rounds} rounds of {options.scenes} scenes; median (least to most). "
        f"The reference path does {REFERENCE} videos/s.",
        "",
        "| job | of | ms a video | ms of processor | of stepping | videos/s | of the reference |",
        "|---|---|---|---|---|---|---|",
    ]
    for entry in entries:
        s, r = entry["seconds"], entry["ratio_to_stepping"]
        lines.append(
            f"| {entry['job']} | {entry['of']} "
            f"| {s['median'] * 1e3:.2f} ({s['least'] * 1e3:.2f} to {s['most'] * 1e3:.2f}) "
            f"| {entry['processor_seconds']['median'] * 1e3:.2f} "
            f"| **{r['median']:.3f}** ({r['least']:.3f} to {r['most']:.3f}) "
            f"| {entry['videos_per_second']:.0f} | {entry['of_reference']:.2f} |"
        )
    options.results.mkdir(parents=True, exist_ok=True)
    write(options.results / "combinatorial.json", json.dumps(document, indent=2) + "\n")
    write(options.results / "combinatorial.md", "\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
