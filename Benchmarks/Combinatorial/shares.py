"""How far Box2D 2.4 and 2.3 are apart on the same combinatorial scenes: an independent check of motions.

  Benchmarks/Combinatorial/shares.sh [--count N]
  shares.py DRIVER scenes.jsonl [...]

DRIVER is reference.cpp, built with the engine of PHYRE's fork (Box2D 2.3.2) and the fork's restitution
threshold of 0.1 m/s. The files are lines of `phyworld simulate combinatorial`. Needs numpy. Prints, for
scenes that start without and with an overlap of more than half a square unit, how many stay within half a
unit of the reference up to a frame, with the standard error.
"""

import concurrent.futures
import itertools
import json
import math
import subprocess
import sys

import numpy as np

FRAMES = 20
ASKED = {(False, 4): 95, (False, 9): 90, (False, 14): 85, (True, 4): 90, (True, 9): 70, (True, 14): 55}


def text(scene):
    """A scene as the driver reads it."""
    words = [len(scene["bodies"])]
    for body in scene["bodies"]:
        words += [int(body["mobility"] == "free"), *body["position"], body["angle"], len(body["shapes"])]
        for shape in body["shapes"]:
            if "circle" in shape:
                words += [0, shape["circle"]["radius"]]
            else:
                words += [len(shape["polygon"]), *itertools.chain(*shape["polygon"])]
    return " ".join(map(repr, words))


def inside(body, x, y):
    """Which points lie in a body."""
    cosine, sine = math.cos(body["angle"]), math.sin(body["angle"])
    dx, dy = x - body["position"][0], y - body["position"][1]
    u, v = dx * cosine + dy * sine, dy * cosine - dx * sine
    result = np.zeros(x.shape, bool)
    for shape in body["shapes"]:
        if "circle" in shape:
            result |= u * u + v * v < shape["circle"]["radius"] ** 2
            continue
        part = np.ones(x.shape, bool)
        corners = shape["polygon"]
        for a, b in zip(corners, corners[1:] + corners[:1]):
            part &= (b[0] - a[0]) * (v - a[1]) - (b[1] - a[1]) * (u - a[0]) > 0
        result |= part
    return result


def box(body):
    """Lowest and highest x and y of a body."""
    (x, y), turn = body["position"], complex(math.cos(body["angle"]), math.sin(body["angle"]))
    points = []
    for shape in body["shapes"]:
        if "circle" in shape:
            r = shape["circle"]["radius"]
            points += [(x - r, y - r), (x + r, y + r)]
        else:
            corners = [complex(*corner) * turn for corner in shape["polygon"]]
            points += [(x + c.real, y + c.imag) for c in corners]
    return np.min(points, 0), np.max(points, 0)


def overlap(scene):
    """The largest overlap of two bodies of which one moves, square units, from points half a unit apart."""
    bodies = [(body["mobility"] == "free", body, *box(body)) for body in scene["bodies"]]
    largest = 0.0
    for (m, a, low, high), (n, b, least, most) in itertools.combinations(bodies, 2):
        (left, bottom), (right, top) = np.maximum(low, least), np.minimum(high, most)
        if not (m or n) or left >= right or bottom >= top:
            continue
        y, x = np.mgrid[bottom:top:0.5, left:right:0.5] + 0.25
        largest = max(largest, 0.25 * (inside(a, x, y) & inside(b, x, y)).sum())
    return largest


def distances(driver, lines):
    """Whether each scene starts with an overlap, and its largest distance up to each frame."""
    scenes = "\n".join(text(line["scene"]) for line in lines) + "\n"
    steps = str(20 * (FRAMES - 1) + 1)
    answer = subprocess.run([driver, steps, "20"], input=scenes, text=True, check=True, stdout=subprocess.PIPE)
    result = []
    for line, reply in zip(lines, answer.stdout.splitlines(), strict=True):
        ours = np.array(line["poses"][:FRAMES])[:, :, :2]
        theirs = np.array(reply.split(), float).reshape(FRAMES, -1, 3)[:, :, :2]
        far = np.linalg.norm(ours - theirs, axis=2).max(1)
        result.append((overlap(line["scene"]) > 0.5, np.maximum.accumulate(far)))
    return result


def main():
    driver, *files = sys.argv[1:]
    lines = [json.loads(line) for name in files for line in open(name)]
    parts = [lines[start:start + 100] for start in range(0, len(lines), 100)]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        found = list(itertools.chain(*pool.map(distances, itertools.repeat(driver), parts)))
    print(
        "| start | scenes | frame | median | 90 % | within 0.5 | standard error | asked |\n"
        "|---|---|---|---|---|---|---|---|")
    for kind in (False, True):
        rows = np.array([row for overlaps, row in found if overlaps == kind])
        for frame in (4, 9, 14, 19):
            column = rows[:, frame]
            share = np.mean(column <= 0.5)
            error = math.sqrt(share * (1 - share) / len(rows))
            print(
                f"| {'overlap' if kind else 'free'} | {len(rows)} | {frame} | {np.median(column):.1e} "
                f"| {np.quantile(column, 0.9):.2g} | {100 * share:.1f} % | {100 * error:.1f} "
                f"| {ASKED.get((kind, frame), '')} |"
            )


if __name__ == "__main__":
    main()
