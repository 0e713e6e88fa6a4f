#!/usr/bin/env bash
# Times training by one process on one thread, one on two, and two on one thread each, in turns, and
# checks that all learn the same:
#   Benchmarks/processes.sh [--rounds N] [--steps N]                    default: 5 rounds of 200 steps
# Writes Benchmarks/results/processes.json and processes.md. The machine should have nothing else to
# do. PHYWORLD names another build; BENCHMARK_RESULTS another folder for the results.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${PHYWORLD:-.build/release/phyworld}
if [[ -z ${PHYWORLD:-} ]]; then swift build -c release --product phyworld; fi

exec python3 Benchmarks/Processes/compare.py "$binary" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
