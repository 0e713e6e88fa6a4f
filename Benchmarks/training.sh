#!/usr/bin/env bash
# Times training steps and sampling against the same model in PyTorch, in turns, on this machine's processor:
#   Benchmarks/training.sh [--rounds N] [--threads N] [--no-compile] [--only NAME,…]
# Default: 7 rounds, one thread, DiT-S with 4 videos of 512 tokens and the small sizes; about 25 minutes.
# Writes Benchmarks/results/training.json and training.md. The machine should have nothing else to do.
# TRAININGBENCHMARK and BENCHMARK_PYTHON name another build of ours and a Python with PyTorch of libtorch's
# version (torch.compile also needs a C++ compiler); BENCHMARK_RESULTS another folder for the results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${TRAININGBENCHMARK:-.build/release/trainingbenchmark}
if [[ -z ${TRAININGBENCHMARK:-} ]]; then
  swift build -c release --product trainingbenchmark
fi
python=${BENCHMARK_PYTHON:-python3}
"$python" -c 'import torch' || {
  echo 'training.sh: name a Python with torch in BENCHMARK_PYTHON' >&2
  exit 69
}
# Our time outside libtorch is measured where perf may be used.
exec "$python" Benchmarks/Training/compare.py "$binary" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
