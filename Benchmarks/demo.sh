#!/usr/bin/env bash
# Runs the demo with several seeds, one after the other, and keeps their numbers:
#   Benchmarks/demo.sh [SCALE] [SEED ...]        default: laptop 0 1 2
# Writes Benchmarks/results/demo-SCALE-seed-N/{metrics,resources,timings,environment}.json.
# The machine should have nothing else to do: wall times are part of the result.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scale=${1:-laptop}
shift || true
seeds=("$@")
((${#seeds[@]})) || seeds=(0 1 2)

for seed in "${seeds[@]}"; do
  run=runs/benchmark-$scale-seed-$seed
  if [[ ! -e $run/resources.json ]]; then
    resume=()
    [[ ! -e $run ]] || resume=(--resume)
    .build/release/phyworld demo --scale "$scale" --seed "$seed" --output "$run" "${resume[@]}"
  fi
  kept=Benchmarks/results/demo-$scale-seed-$seed
  mkdir -p "$kept"
  for name in metrics resources timings environment shape-gate; do
    cp "$run/$name.json" "$kept/$name.json"
  done
  cp "$run/config.yaml" "$kept/config.yaml"
done
