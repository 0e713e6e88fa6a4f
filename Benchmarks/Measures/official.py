"""The official evaluator's method in our own words, with NumPy and pandas: parse and score.

Frames are masked by channel in plain array expressions, one copy per frame; centres are means over
the indices of the pixels that pass; errors are taken over the arrays at the end. For one ball the
errors of every frame and their running averages are worked out too, as in the official code, which
does not use them in this mode. One process, one thread.

  official.py JOB FOLDER [--videos N]

FOLDER is written by `measurebenchmark videos`: `pixels.bin` has the frames of all videos, `scenes.json`
their size, scenes and true positions. JOB is `score`, which goes through the videos, again and again if
need be, or `values`, which scores each once and prints the numbers. Prints one line of JSON.
"""

import argparse
import json
import os
import pathlib
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import pandas as pd

WORLD = 10.0
INTERVAL = 0.1
CONDITION_FRAMES = 3


def mask(frame, color):
    """Pixels whose own channel is above 127 and whose other two are below."""
    red, green, blue = frame[:, :, 0], frame[:, :, 1], frame[:, :, 2]
    if color == "red":
        return (red > 127) & (green < 127) & (blue < 127)
    return (red < 127) & (green < 127) & (blue > 127)


def parse(frame, colors, missing, height, radii):
    """x, y and radius of the ball of each colour, in the official scale."""
    frame = frame.copy()
    width = frame.shape[1]
    balls = []
    for color, x, radius in zip(colors, missing, radii):
        passed = mask(frame, color)
        area = np.sum(passed)
        own = np.sqrt(area / np.pi) / width * WORLD
        if area > 0.15:
            x = np.mean(np.nonzero(passed)[1]) / width * WORLD
            y = np.mean(np.nonzero(passed)[0]) / width * WORLD
            balls.append([x, y, own])
        else:
            balls.append([x, height, radius])
    return np.array(balls)


def track(frames, colors, missing):
    """The balls of all frames: [frames, balls, 3]."""
    height, radii = np.nan, [np.nan] * len(colors)
    states = []
    for frame in frames:
        state = parse(frame, colors, missing, height, radii)
        height, radii = state[0][1], state[:, 2]
        states.append(state)
    return np.array(states)


def running_averages(states, truth):
    """The last values of the exponentially weighted averages of the position errors."""
    errors = []
    for state, place in zip(states, truth):
        if np.any(np.isnan(state)) or np.any(np.isnan(place)):
            errors.append((np.nan, np.nan))
        else:
            errors.append((np.mean([np.abs(state[0] - place[0])]), np.mean([np.abs(state[1] - place[1])])))
    return [
        pd.Series([error[axis] for error in errors]).ewm(span=len(errors), adjust=False).mean().iloc[-1]
        for axis in (0, 1)
    ]


def one_ball(frames, truth, scene):
    """`evaluate_xy` with the driver's velocity error."""
    body = scene["bodies"][0]
    radius = body["radius"]
    speed = float(np.hypot(*body["velocity"]))
    scored = [
        i
        for i, (x, y) in enumerate(truth[:, 0])
        if i >= CONDITION_FRAMES
        and x - radius >= 0
        and x + radius <= WORLD
        and y - radius >= 0
        and y + radius <= WORLD
    ]
    truth = truth[scored, 0]
    states = track(frames[scored], [body["color"]], [WORLD])[:, 0]
    running_averages(states[:, :2], truth)
    velocity = np.diff(states[:, :2], axis=0) / INTERVAL
    actual = np.diff(truth, axis=0) / INTERVAL
    return {
        "velocity_error": np.abs(velocity[:, 0].mean() - speed),
        "x_error": np.mean(np.abs(states[:, 0] - truth[:, 0])),
        "y_error": np.mean(np.abs(states[:, 1] - truth[:, 1])),
        "x_velocity_error": np.mean(np.abs(velocity[:, 0] - actual[:, 0])),
        "y_velocity_error": np.mean(np.abs(velocity[:, 1] - actual[:, 1])),
        "radius_range": states[:, 2].max() - states[:, 2].min(),
    }


def collision(frames, truth, scene):
    """`evaluate_xy_collision` with the driver's velocity errors."""
    bodies = scene["bodies"]
    radii = np.array([body["radius"] for body in bodies])
    speeds = np.array([float(np.hypot(*body["velocity"])) for body in bodies])
    masses = radii**2
    scored = [
        i
        for i, state in enumerate(truth)
        if i >= CONDITION_FRAMES
        and state[0, 0] - radii[0] >= 0
        and state[1, 0] + radii[1] <= WORLD
    ]
    places = truth[scored][:, :, 0]
    states = track(frames[scored], ["red", "blue"], [0.0, WORLD])
    seen = states[:, :, 0]
    actual = np.diff(places, axis=0) / INTERVAL
    velocity = np.diff(seen, axis=0) / INTERVAL
    jumps = (np.abs(np.diff(actual, axis=0)) > 0.1).any(axis=1)
    impact = int(np.argmax(jumps)) + 1 if jumps.any() else len(actual) - 1
    momentum = velocity @ masses
    energy = velocity**2 @ masses / 2
    made = masses[0] * speeds[0] - masses[1] * speeds[1]
    result = {
        "radius_range": max(np.ptp(states[:5, 0, 2]), np.ptp(states[:5, 1, 2])),
    }
    for name, frames_of, rows in (
        ("pre", slice(0, impact + 1), slice(0, impact)),
        ("post", slice(impact + 1, None), slice(impact + 1, None)),
    ):
        result[f"x_error.{name}"] = np.mean(np.abs(seen[frames_of] - places[frames_of]))
        result[f"x_velocity_error.{name}"] = np.mean(np.abs(velocity[rows] - actual[rows]))
        result[f"velocity_error.{name}"] = np.mean(
            np.abs(velocity[rows].mean(axis=0) - actual[rows].mean(axis=0))
        )
        result[f"momentum_error.{name}"] = np.mean(np.abs(momentum[rows] - made))
        result[f"energy_error.{name}"] = np.mean(np.abs(energy[rows] - masses @ speeds**2 / 2))
    return result


def main():
    parser = argparse.ArgumentParser(description="the official evaluator's method, timed")
    parser.add_argument("job", choices=["score", "values"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--videos", type=int, default=20)
    options = parser.parse_args()
    document = json.loads((options.folder / "scenes.json").read_text())
    entries, size = document["entries"], document["size"]
    frame_count = document["frames"]
    shape = (len(entries), frame_count, size, size, 3)
    # In memory and upside down, as the official reader hands its frames over.
    pixels = np.fromfile(options.folder / "pixels.bin", dtype=np.uint8).reshape(shape)[:, :, ::-1]
    truths = [np.array(entry["positions"]).reshape(frame_count, -1, 2) for entry in entries]

    def score(index):
        scene = entries[index]["scene"]
        evaluate = one_ball if len(scene["bodies"]) == 1 else collision
        return evaluate(pixels[index], truths[index], scene)

    if options.job == "values":
        values = [{k: float(v) for k, v in score(i).items()} for i in range(len(entries))]
        print(json.dumps({"job": "values", "values": values}))
        return
    score(0)
    start = time.perf_counter()
    for index in range(options.videos):
        score(index % len(entries))
    seconds = time.perf_counter() - start
    print(json.dumps({"job": "score", "videos": options.videos, "seconds": seconds}))


if __name__ == "__main__":
    main()
