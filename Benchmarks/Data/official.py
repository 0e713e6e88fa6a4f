"""The official data generators' method in our own words, with the same libraries.

Box2D through pybox2d, pictures through NumPy in double precision over whole videos, mp4 through
imageio and its ffmpeg (libx264, crf 25, 10 frames a second), files through h5py. One process, one
thread; ffmpeg gets one thread too. Every job prints one line of JSON.

  official.py JOB SCENES [--videos N] [--output FILE]

SCENES is a folder written by `databenchmark scenes`; JOB is simulate, render-256, encode, hdf5 or
check. The jobs go through the scenes of the folder, again and again if need be. `check` simulates and
renders them and compares positions and pixels with the folder's.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import Box2D
import h5py
import imageio.v2 as imageio
import numpy as np

WORLD = 10.0
SIZE = 256
STEPS = 320
STEPS_PER_FRAME = 10
FRAMES = STEPS // STEPS_PER_FRAME
TIME_STEP = 0.01
COLORS = {"red": (255, 0, 0), "blue": (0, 0, 255)}


def simulate(scene):
    """Positions of every body after steps 1, 11, 21, … [frames, bodies, 2]."""
    world = Box2D.b2World(gravity=tuple(scene["gravity"]), doSleep=False)
    balls = [
        world.CreateDynamicBody(
            position=tuple(body["position"]),
            linearVelocity=tuple(body["velocity"]),
            fixtures=Box2D.b2FixtureDef(
                shape=Box2D.b2CircleShape(radius=body["radius"]), density=1, restitution=1
            ),
        )
        for body in scene["bodies"]
    ]
    positions = []
    for step in range(STEPS):
        world.Step(TIME_STEP, 15, 20)
        if step % STEPS_PER_FRAME == 0:
            positions.append([(ball.position.x, ball.position.y) for ball in balls])
    return np.array(positions)


def render(scene, positions):
    """All pictures, [frames, 256, 256, 3]: soft discs blended over white in order, truncated.

    All frames of a video are one array and every pixel of it is blended in double precision, as in
    the official code.
    """
    places = np.linspace(0.0, 1.0, SIZE)
    x, y = np.meshgrid(places, places)
    pictures = np.full((len(positions), SIZE, SIZE, 3), 255, dtype=np.uint8)
    for number, body in enumerate(scene["bodies"]):
        radius = body["radius"] / WORLD
        centres = positions[:, number, :, None, None] / WORLD
        distance = (x - centres[:, 0]) ** 2 + (y - centres[:, 1]) ** 2
        mask = np.clip((radius**2 - distance) / (0.03 * radius**2), 0, 1)[..., None]
        pictures = (1 - mask) * pictures + mask * np.array(COLORS[body["color"]])
    # y points up, and the first row of a picture is its top.
    return pictures.astype(np.uint8)[:, ::-1]


def encode(video):
    """The bytes of an mp4 file."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        imageio.mimwrite(file.name, video, fps=10, output_params=["-threads", "1"])
        return file.read()


def initial_state(scene):
    """The row that the official files hold for a scene."""
    bodies = scene["bodies"]
    return [b["radius"] for b in bodies] + [abs(b["velocity"][0]) for b in bodies]


def write_hdf5(path, scenes, count):
    """A chunk in the official layout."""
    positions, states, videos = [], [], []
    for index in range(count):
        scene = scenes[index % len(scenes)]["scene"]
        path_of_bodies = simulate(scene)
        positions.append(path_of_bodies[:, 0] if len(scene["bodies"]) == 1 else path_of_bodies)
        states.append(initial_state(scene))
        videos.append(np.frombuffer(encode(render(scene, path_of_bodies)), dtype=np.uint8))
    with h5py.File(path, "w") as file:
        file.create_dataset("position_streams", data=np.array(positions))
        file.create_dataset("init_streams", data=np.array(states))
        streams = file.create_dataset(
            "video_streams", (count,), dtype=h5py.special_dtype(vlen=np.uint8)
        )
        for index, video in enumerate(videos):
            streams[index] = video


def check(folder, scenes):
    """How far positions and pixels are from those in the folder."""
    shape = (len(scenes), FRAMES, SIZE, SIZE, 3)
    pixels = np.memmap(folder / "pixels.bin", dtype=np.uint8, mode="r").reshape(shape)
    distance, from_theirs, from_ours = 0.0, 0, 0
    for entry, expected in zip(scenes, pixels):
        scene = entry["scene"]
        theirs = np.array(entry["positions"]).reshape(FRAMES, len(scene["bodies"]), 2)
        ours = simulate(scene)
        distance = max(distance, float(np.abs(theirs - ours).max()))
        from_theirs += int((render(scene, theirs) != expected).any(axis=-1).sum())
        from_ours += int((render(scene, ours) != expected).any(axis=-1).sum())
    return {
        "videos": len(scenes),
        "largest_position_difference": distance,
        "different_pixels_same_positions": from_theirs,
        "different_pixels_own_positions": from_ours,
    }


def main():
    parser = argparse.ArgumentParser(description="the official method, timed")
    parser.add_argument("job", choices=["simulate", "render-256", "encode", "hdf5", "check"])
    parser.add_argument("scenes", type=pathlib.Path)
    parser.add_argument("--videos", type=int, default=10)
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    scenes = json.loads((options.scenes / "scenes.json").read_text())
    if options.job == "check":
        print(json.dumps({"job": "check", **check(options.scenes, scenes)}))
        return

    def one(index):
        scene = scenes[index % len(scenes)]["scene"]
        positions = simulate(scene)
        if options.job != "simulate":
            video = render(scene, positions)
            if options.job != "render-256":
                encode(video)

    # Libraries load on first use.
    one(0)
    start = time.perf_counter()
    if options.job == "hdf5":
        if options.output is None:
            sys.exit("official.py: hdf5 needs --output FILE")
        write_hdf5(options.output, scenes, options.videos)
    else:
        for index in range(options.videos):
            one(index)
    seconds = time.perf_counter() - start
    result = {"job": options.job, "videos": options.videos, "seconds": seconds}
    if options.job == "hdf5":
        result["fileBytes"] = options.output.stat().st_size
    print(json.dumps(result))


if __name__ == "__main__":
    main()
