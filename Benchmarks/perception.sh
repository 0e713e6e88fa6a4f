#!/usr/bin/env bash
# Times LPIPS and I3D against PyTorch on the same weights, in turns, on this machine:
#   Benchmarks/perception.sh [--rounds N] [--threads N]          default: 7 rounds, one thread
# Writes Benchmarks/results/perception.json and perception.md. The machine should have nothing else to
# do. PERCEPTIONBENCHMARK and BENCHMARK_PYTHON name another build of ours and a Python with PyTorch and
# NumPy; PHYWORLD_NETWORKS the folder of `phyworld networks fetch`; BENCHMARK_RESULTS another folder for
# the results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${PERCEPTIONBENCHMARK:-.build/release/perceptionbenchmark}
if [[ -z ${PERCEPTIONBENCHMARK:-} ]]; then
  swift build -c release --product perceptionbenchmark
fi
python=${BENCHMARK_PYTHON:-python3}
"$python" -c 'import numpy, torch' || {
  echo 'perception.sh: name a Python with numpy and torch in BENCHMARK_PYTHON' >&2
  exit 69
}
networks=${PHYWORLD_NETWORKS:-${XDG_CACHE_HOME:-$HOME/.cache}/phyworld/networks}

exec "$python" Benchmarks/Perception/compare.py "$binary" "$python" "$networks" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
