#!/bin/bash
# What `phyworld estimate` says against what `phyworld train` then takes, in turns on this machine.
#   Benchmarks/estimate.sh [rounds] [-- settings for both, e.g. --scale quick --set loop.steps=800]
# Writes Benchmarks/results/estimate.{json,md}. Needs `make build` and an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3}
[ $# -gt 0 ] && shift
[ "${1:-}" = "--" ] && shift
settings=("$@")
[ ${#settings[@]} -gt 0 ] || settings=(--scale quick)
program=.build/release/phyworld
[ -x "$program" ] || { echo "there is no $program: run make build" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p Benchmarks/results
for ((round = 0; round < rounds; round++)); do
  "$program" estimate "${settings[@]}" --json --quiet > "$work/estimate-$round.json"
  # GNU time is not everywhere: Python asks the kernel for the child's peak.
  python3 Benchmarks/Estimate/run.py "$work/train-$round.json" \
    "$program" train "${settings[@]}" --quiet --output "$work/run-$round"
done
python3 Benchmarks/Estimate/compare.py "$work" "$rounds" Benchmarks/results/estimate "${settings[*]}"
