"""What every comparison in turns shares: running a side, sums over rounds, and writing the results."""

import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys


def run(command):
    """The JSON a command prints last."""
    finished = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if finished.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{finished.stderr}")
    return json.loads(finished.stdout.splitlines()[-1])


def rate(result):
    """Videos a second."""
    return result["videos"] / result["seconds"]


def summary(values):
    return {"median": statistics.median(values), "least": min(values), "most": max(values)}


def cell(values, digits=0, scale=1):
    """A summary as a cell of a table: median (least to most)."""
    low, middle, high = (
        f"{values[key] * scale:,.{digits}f}" for key in ("least", "median", "most")
    )
    return f"**{middle}** ({low} to {high})"


def machine():
    """What the numbers belong to."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "load_at_the_end": os.getloadavg(),
    }


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def write(folder, name, document, table):
    """Writes NAME.json and NAME.md whole, and prints the table."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in [
        (folder / f"{name}.json", json.dumps(document, indent=2) + "\n"),
        (folder / f"{name}.md", table),
    ]:
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_text(text)
        temporary.replace(path)
    print(table)
