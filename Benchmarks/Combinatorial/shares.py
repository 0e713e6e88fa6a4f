"""How far Box2D 2.4 and 2.3 are apart on the same combinatorial scenes: an independent check of motions.

  phyworld simulate combinatorial --split train_60 --count 560 --seed 7 --size 8 \
    --restitution-threshold 1 --output scenes
  shares.py scenes/scenes.jsonl

Needs numpy and pybox2d (`pip install box2d==2.3.10`), whose Box2D is of the version of PHYRE's fork and has
its restitution threshold fixed at 1 m/s; the scenes are therefore simulated with that. Prints, for scenes
that start without and with an overlap of more than a square unit, how many stay within half a unit up to a
frame.
"""

import itertools
import json
import math
import sys

import Box2D
import numpy as np

WALLS = [
    ((256, -2.5), (512, 5)), ((-2.5, 256), (5, 512)), ((256, 514.5), (512, 5)),
    ((514.5, 256), (5, 512)),
]
FRAMES = 20


def metres(units):
    """As the scene's single precision has it."""
    return float(np.float32(units) / np.float32(6))


def fixture(shape, density):
    if "circle" in shape:
        form = Box2D.b2CircleShape(radius=metres(shape["circle"]["radius"]))
    else:
        corners = [(metres(x), metres(y)) for x, y in shape["polygon"]]
        form = Box2D.b2PolygonShape(vertices=corners)
    return Box2D.b2FixtureDef(shape=form, friction=0.5, restitution=0.2, density=density)


def build(scene):
    """The world of a scene and its moving bodies."""
    world = Box2D.b2World(gravity=(0, -9.8), doSleep=True)
    for (x, y), (width, height) in WALLS:
        wall = world.CreateStaticBody(position=(metres(x), metres(y)))
        x, y = width / 2, height / 2
        wall.CreateFixture(fixture({"polygon": [(x, y), (-x, y), (-x, -y), (x, -y)]}, 0))
    moving = []
    for body in scene["bodies"]:
        is_fixed = body["mobility"] == "fixed"
        create = world.CreateStaticBody if is_fixed else world.CreateDynamicBody
        made = create(
            position=tuple(metres(value) for value in body["position"]), angle=body["angle"],
            angularDamping=0.01,
        )
        for shape in body["shapes"]:
            made.CreateFixture(fixture(shape, 0 if is_fixed else 0.25))
        if not is_fixed:
            moving.append(made)
    return world, moving


def area(body, x, y):
    """Which points lie in a body."""
    cosine, sine = math.cos(body["angle"]), math.sin(body["angle"])
    dx, dy = x - body["position"][0], y - body["position"][1]
    u, v = dx * cosine + dy * sine, dy * cosine - dx * sine
    inside = np.zeros(x.shape, bool)
    for shape in body["shapes"]:
        if "circle" in shape:
            inside |= u * u + v * v < shape["circle"]["radius"] ** 2
            continue
        part = np.ones(x.shape, bool)
        corners = shape["polygon"]
        for a, b in zip(corners, corners[1:] + corners[:1]):
            part &= (b[0] - a[0]) * (v - a[1]) - (b[1] - a[1]) * (u - a[0]) > 0
        inside |= part
    return inside


def overlap(scene):
    """The largest overlap of two bodies of which one moves, square units, from points a unit apart."""
    y, x = np.mgrid[-100:612, -100:612] + 0.5
    areas = [(body["mobility"] == "free", area(body, x, y)) for body in scene["bodies"]]
    pairs = itertools.combinations(areas, 2)
    return max((int((a & b).sum()) for (m, a), (n, b) in pairs if m or n), default=0)


def distances(line):
    """Whether a scene starts with an overlap, and the largest distance up to each frame."""
    world, moving = build(line["scene"])
    result = []
    for step in range(20 * (FRAMES - 1) + 1):
        world.Step(1 / 60, 15, 20)
        if step % 20 == 0:
            here = [
                math.hypot(6 * body.position[0] - x, 6 * body.position[1] - y)
                for body, (x, y, _) in zip(moving, line["poses"][step // 20])
            ]
            result.append(max(here + result[-1:]))
    return overlap(line["scene"]) > 1, result


def main():
    with open(sys.argv[1]) as file:
        found = [distances(json.loads(line)) for line in file]
    print("| start | scenes | frame | median | 90 % | within 0.5 |\n|---|---|---|---|---|---|")
    for kind in (False, True):
        rows = np.array([row for overlaps, row in found if overlaps == kind])
        for frame in (4, 9, 14, 19):
            column = rows[:, frame]
            print(
                f"| {'overlap' if kind else 'free'} | {len(rows)} | {frame} | {np.median(column):.1e} "
                f"| {np.quantile(column, 0.9):.2g} | {100 * np.mean(column <= 0.5):.1f} % |"
            )


if __name__ == "__main__":
    main()
