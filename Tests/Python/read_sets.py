"""Opens data sets with the libraries that others use, and prints what it read as JSON.

usage: read_sets.py FOLDER   with FOLDER/hdf5, FOLDER/hdf5.hdf5, FOLDER/tar, FOLDER/folder and
FOLDER/npz, which hold the same scenes.
"""

import hashlib
import io
import json
import sys
from pathlib import Path

import av
import h5py
import imageio.v2 as imageio
import numpy as np
import webdataset


def frames_of(mp4):
    """The frames of a whole mp4 file in memory, (frames, height, width, 3) uint8."""
    with av.open(io.BytesIO(mp4)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])


def imageio_frames_of(mp4):
    """The same through imageio's FFMPEG plugin, with which the official code reads."""
    reader = imageio.get_reader(io.BytesIO(mp4), format="mp4")
    return np.stack([np.asarray(frame) for frame in reader])


def digest(pixels):
    return hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()


def video(pixels, positions, **others):
    return {
        "shape": list(pixels.shape),
        "pixels": digest(pixels),
        "positions": np.asarray(positions, dtype=float).reshape(-1).tolist(),
        **others,
    }


def described(dataset):
    return {
        "shape": list(dataset.shape),
        "type": str(dataset.dtype),
        "chunks": dataset.chunks,
        "attributes": len(dataset.attrs),
        "vlen": str(h5py.check_vlen_dtype(dataset.dtype)),
    }


def read_chunk(path):
    """A chunk file, read as the official code does: name, index, bytes, video."""
    with h5py.File(path, "r") as file:
        videos = []
        for index in range(len(file["video_streams"])):
            mp4 = np.asarray(file["video_streams"][index]).tobytes()
            videos.append(
                video(
                    frames_of(mp4),
                    file["position_streams"][index],
                    parameters=file["init_streams"][index].tolist(),
                    imageio=list(imageio_frames_of(mp4).shape),
                )
            )
        return {"videos": videos, "streams": {name: described(file[name]) for name in file}}


def read_merged(path):
    """A merged file: group, key, index, bytes, video."""
    with h5py.File(path, "r") as file:
        videos = []
        for key in sorted(file["video_streams"].keys()):
            for index in range(file["position_streams"][key].shape[0]):
                mp4 = np.asarray(file["video_streams"][key][index]).tobytes()
                videos.append(
                    video(
                        frames_of(mp4),
                        file["position_streams"][key][index],
                        parameters=file["init_streams"][key][index].tolist(),
                    )
                )
        return {"videos": videos, "keys": sorted(file["video_streams"].keys())}


def read_tar(folder):
    """WebDataset shards."""
    urls = [str(path) for path in sorted(Path(folder).glob("*.tar"))]
    videos = []
    for sample in webdataset.WebDataset(urls, shardshuffle=False, empty_check=False):
        label = json.loads(sample["json"])
        states = np.load(io.BytesIO(sample["states.npy"]))
        videos.append(
            video(
                frames_of(sample["mp4"]),
                states[..., :2],
                velocities=states[..., 2:].reshape(-1).tolist(),
                key=sample["__key__"],
                radii=label["radii"],
                colors=label["colors"],
            )
        )
    return {"videos": videos}


def read_folder(folder):
    videos = []
    for shard in sorted(Path(folder).glob("shard-*/")):
        for line in (shard / "scenes.jsonl").read_text().splitlines():
            scene = json.loads(line)
            pixels = frames_of((shard / scene["video"]).read_bytes())
            velocities = np.asarray(scene["velocities"]).reshape(-1).tolist()
            videos.append(video(pixels, scene["positions"], velocities=velocities))
    return {"videos": videos}


def read_npz(folder):
    videos = []
    for path in sorted(Path(folder).glob("*.npz")):
        archive = np.load(path)
        scenes = [json.loads(line) for line in archive["scenes"].tobytes().splitlines()]
        for index, scene in enumerate(scenes):
            videos.append(
                video(
                    archive["videos"][index],
                    archive["positions"][index],
                    velocities=archive["velocities"][index].reshape(-1).tolist(),
                    parameters=archive["parameters"][index].tolist(),
                    names=archive["names"].tolist(),
                    radii=scene["radii"],
                )
            )
    return {"videos": videos}


def main():
    root = Path(sys.argv[1])
    chunks = sorted((root / "hdf5").glob("*.hdf5"), key=lambda path: int(path.stem))
    print(
        json.dumps(
            {
                "chunks": [read_chunk(path) for path in chunks],
                "merged": read_merged(root / "hdf5.hdf5"),
                "tar": read_tar(root / "tar"),
                "folder": read_folder(root / "folder"),
                "npz": read_npz(root / "npz"),
            }
        )
    )


if __name__ == "__main__":
    main()
