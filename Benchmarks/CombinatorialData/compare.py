"""Times combinatorial files and feeds, in turns with the official method.

  compare.py BINARY PYTHON RESULTS [--rounds N]

Our side draws, simulates, paints, encodes and writes; the official side starts from painted ids. RESULTS
gets combinatorial-data.json and combinatorial-data.md.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

OFFICIAL = pathlib.Path(__file__).with_name("official.py")


def run(*command):
    result = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE)
    return json.loads(result.stdout) if result.stdout else None


def summary(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def text(values, digits):
    return (f"{values['median']:.{digits}f} ({values['least']:.{digits}f} to "
            f"{values['most']:.{digits}f})")


def write(path, content):
    temporary = path.with_name(f".{path.name}.partial")
    temporary.write_text(content)
    temporary.rename(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("python")
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    rates = {"hdf5": [], "official": [], "feed": []}
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        scenes = place / "scenes"
        scenes.mkdir()
        run(options.binary, "scenes", 6, scenes)
        for number in range(options.rounds):
            jobs = {
                "hdf5": (options.binary, "hdf5", 24 * number, 24, place / f"ours-{number}"),
                "official": (
                    options.python, OFFICIAL, scenes, 6, place / f"official-{number}.hdf5"),
                "feed": (options.binary, "feed", 200 * number, 200),
            }
            names = list(jobs)
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                timing = run(*jobs[name])
                rates[name].append(timing["videos"] / timing["seconds"])
    ratio = summary([ours / theirs for ours, theirs in zip(rates["hdf5"], rates["official"])])
    document = {
        "rounds": options.rounds,
        "videos_per_second": {name: summary(values) for name, values in rates.items()},
        "hdf5_over_official": ratio,
    }
    lines = [
        f"One thread, {options.rounds} rounds in turns; median (least to most).",
        "",
        "| job | videos/s |",
        "|---|---|",
        "| official HDF5 files at 512 pixels, H.264 at rate factor 23, with labels "
        f"| {text(document['videos_per_second']['hdf5'], 1)} |",
        "| the same by the official method, from painted ids on "
        f"| {text(document['videos_per_second']['official'], 2)} |",
        f"| ratio | **{text(ratio, 1)}** |",
        "| 256 pixels into the memory of a training batch "
        f"| {text(document['videos_per_second']['feed'], 0)} |",
    ]
    options.results.mkdir(parents=True, exist_ok=True)
    write(options.results / "combinatorial-data.json", json.dumps(document, indent=2) + "\n")
    write(options.results / "combinatorial-data.md", "\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
