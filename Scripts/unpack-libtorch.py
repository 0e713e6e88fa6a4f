"""Unpacks what the build needs of libtorch from wheels: headers and the libraries that are linked.

usage: unpack-libtorch.py FOLDER WHEEL...

The ordinary wheel's libtorch_cpu.so also asks for two small CUDA libraries, which come in wheels of
their own. All libraries land in FOLDER/lib, where each finds the others through its own $ORIGIN.
"""

import pathlib
import shutil
import sys
import zipfile

LIBRARIES = {"libtorch_cpu.so", "libc10.so", "libgomp.so.1", "libcudart.so.13", "libcupti.so.13"}

folder = pathlib.Path(sys.argv[1])
for wheel in sys.argv[2:]:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            path = pathlib.PurePosixPath(member.filename)
            if member.is_dir():
                continue
            if path.parts[:2] == ("torch", "include"):
                target = folder.joinpath(*path.parts[1:])
            elif path.name in LIBRARIES:
                target = folder / "lib" / path.name
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, open(target, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
