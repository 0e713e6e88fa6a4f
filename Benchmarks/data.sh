#!/usr/bin/env bash
# Times data making against the official generators' method, in turns, on this machine:
#   Benchmarks/data.sh [--rounds N] [--quick]          default: 5 rounds, about ten minutes
# Writes Benchmarks/results/data.json and data.md. The machine should have nothing else to do.
# DATABENCHMARK and BENCHMARK_PYTHON name another build of ours and a ready Python environment;
# BENCHMARK_RESULTS another folder for the results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${DATABENCHMARK:-.build/release/databenchmark}
if [[ -z ${DATABENCHMARK:-} ]]; then
  swift build -c release --product databenchmark
fi

python=${BENCHMARK_PYTHON:-}
if [[ -z $python ]]; then
  environment=.deps/benchmark-python
  python=$environment/bin/python
  if [[ ! -e $environment/complete ]]; then
    python3 -m venv --clear "$environment" || {
      echo 'data.sh: no Python environment could be made; install python3-venv' >&2
      exit 69
    }
    if ! "$python" -m pip install --quiet -r Benchmarks/Data/requirements.txt; then
      echo 'data.sh: the pinned versions do not install here; trying the newest ones' >&2
      "$python" -m pip install --quiet numpy h5py imageio imageio-ffmpeg box2d==2.3.10 || {
        echo 'data.sh: the official libraries do not install. box2d 2.3.10 has wheels for common' >&2
        echo '  Pythons on Linux x86-64; elsewhere it is built and needs swig and a C++ compiler.' >&2
        exit 69
      }
    fi
    touch "$environment/complete"
  fi
fi

exec "$python" Benchmarks/Data/compare.py "$binary" "$python" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
