#!/usr/bin/env bash
# Times simulating and painting combinatorial scenes against Box2D's own steps, in turns, on this machine:
#   Benchmarks/combinatorial.sh [--rounds N] [--scenes N]          default: 9 rounds of 120 scenes
# Writes Benchmarks/results/combinatorial.json and combinatorial.md. The machine should have nothing else
# to do. COMBINATORIALBENCHMARK names another build of ours; BENCHMARK_RESULTS another folder for the
# results. Needs python3, nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${COMBINATORIALBENCHMARK:-.build/release/combinatorialbenchmark}
if [[ -z ${COMBINATORIALBENCHMARK:-} ]]; then
  swift build -c release --product combinatorialbenchmark
fi

exec python3 Benchmarks/Combinatorial/compare.py "$binary" \
  "${BENCHMARK_RESULTS:-Benchmarks/results}" "$@"
