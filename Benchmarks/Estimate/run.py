"""Runs a command and writes its wall seconds and peak memory: run.py OUTPUT.json COMMAND…"""
import json
import resource
import subprocess
import sys
import time

start = time.monotonic()
subprocess.run(sys.argv[2:], check=True)
seconds = time.monotonic() - start
# Kilobytes on Linux.
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
with open(sys.argv[1], "w") as file:
    json.dump({"seconds": seconds, "memory_bytes": peak}, file)
