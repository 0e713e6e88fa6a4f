"""The official way from colour ids to a file, in our own words with the same libraries.

  official.py SCENES COUNT OUTPUT

SCENES is a folder of `combinatorialdatabenchmark scenes`: simulating and painting are not timed here. Ids
become colours through a table in NumPy, mp4 files through imageio and its ffmpeg (libx264 at its own rate
factor of 23), and the file through h5py. One process; ffmpeg has one thread. Prints one line of JSON.
"""

import json
import os
import pathlib
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import h5py
import imageio.v2 as imageio
import numpy as np

FRAMES, SIDE = 50, 512
COLORS = np.array(
    [[255, 255, 255], [243, 79, 70], [107, 206, 187], [24, 119, 242], [75, 74, 164],
     [185, 202, 210], [0, 0, 0], [252, 223, 227]], dtype=np.uint8)


def encode(video):
    """The bytes of an mp4 file."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        imageio.mimwrite(
            file.name, video, fps=10, quality=None, output_params=["-crf", "23", "-threads", "1"])
        return file.read()


def main():
    folder, count, output = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    available = len(list(folder.glob("ids-*.bin")))
    scenes = []
    for number in range(min(count, available)):
        ids = np.fromfile(folder / f"ids-{number}.bin", dtype=np.uint8)
        features = np.fromfile(folder / f"features-{number}.bin", dtype=np.float32)
        scenes.append((ids.reshape(FRAMES, SIDE, SIDE), features.reshape(FRAMES, -1, 14)))
    start = time.perf_counter()
    with h5py.File(output, "w") as file:
        for number in range(count):
            ids, features = scenes[number % len(scenes)]
            video = np.stack([COLORS[frame[::-1]] for frame in ids])
            group = file.create_group(str(number))
            group.create_dataset("action_streams", data=np.zeros((1, 3)))
            group.create_dataset("object_streams", data=features[None])
            streams = group.create_dataset(
                "video_streams", (1,), dtype=h5py.special_dtype(vlen=np.uint8))
            streams[0] = np.frombuffer(encode(video), dtype=np.uint8)
    print(json.dumps({"videos": count, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
