#!/usr/bin/env bash
# Times parsing and scoring against the official evaluator's method, in turns, on this machine:
#   Benchmarks/measures.sh [--rounds N] [--quick]          default: 7 rounds, about two minutes
# Writes Benchmarks/results/measures.json and measures.md. The machine should have nothing else to do.
# MEASUREBENCHMARK and BENCHMARK_PYTHON name another build of ours and a ready Python environment;
# BENCHMARK_RESULTS another folder for the results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${MEASUREBENCHMARK:-.build/release/measurebenchmark}
if [[ -z ${MEASUREBENCHMARK:-} ]]; then
  swift build -c release --product measurebenchmark
fi

python=${BENCHMARK_PYTHON:-}
if [[ -z $python ]]; then
  environment=.deps/measures-python
  python=$environment/bin/python
  if [[ ! -e $environment/complete ]]; then
    python3 -m venv --clear "$environment" || {
      echo 'measures.sh: no Python environment could be made; install python3-venv' >&2
      exit 69
    }
    if ! "$python" -m pip install --quiet -r Benchmarks/Measures/requirements.txt; then
      echo 'measures.sh: the pinned versions do not install here; trying the newest ones' >&2
      "$python" -m pip install --quiet numpy pandas || {
        echo 'measures.sh: NumPy and pandas do not install for this Python' >&2
        exit 69
      }
    fi
    touch "$environment/complete"
  fi
fi

exec "$python" Benchmarks/Measures/compare.py "$binary" "$python" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
