#!/usr/bin/env bash
# Times files and feeds of combinatorial scenes against the official method, in turns, on this machine:
#   Benchmarks/combinatorial-data.sh [--rounds N]          default: 7 rounds, about three minutes
# Writes Benchmarks/results/combinatorial-data.json and .md. The machine should have nothing else to do.
# COMBINATORIALDATABENCHMARK and BENCHMARK_PYTHON name another build of ours and a ready Python
# environment; BENCHMARK_RESULTS another folder for the results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${COMBINATORIALDATABENCHMARK:-.build/release/combinatorialdatabenchmark}
if [[ -z ${COMBINATORIALDATABENCHMARK:-} ]]; then
  swift build -c release --product combinatorialdatabenchmark
fi

python=${BENCHMARK_PYTHON:-}
if [[ -z $python ]]; then
  environment=.deps/benchmark-python-combinatorial
  python=$environment/bin/python
  if [[ ! -e $environment/complete ]]; then
    python3 -m venv --clear "$environment" || {
      echo 'combinatorial-data.sh: no Python environment could be made; install python3-venv' >&2
      exit 69
    }
    "$python" -m pip install --quiet numpy h5py imageio imageio-ffmpeg || {
      echo 'combinatorial-data.sh: the official libraries do not install' >&2
      exit 69
    }
    touch "$environment/complete"
  fi
fi

# As the program sets for itself: large blocks of memory are kept for the next video.
export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-1073741824}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-2147483648}

exec "$python" Benchmarks/CombinatorialData/compare.py "$binary" "$python" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
