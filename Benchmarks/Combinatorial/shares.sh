#!/usr/bin/env bash
# Compares our motions with Box2D 2.3.2 under the restitution threshold of PHYRE's fork, scene by scene:
#   Benchmarks/Combinatorial/shares.sh [SCENES]          default: 3000 scenes, a few minutes
# The engine's source comes out of the source package of pybox2d 2.3.2 and is compiled with the threshold 0.1.
# PHYWORLD names another build of ours, BENCHMARK_PYTHON a Python with numpy.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

phyworld=${PHYWORLD:-.build/release/phyworld}
if [[ -z ${PHYWORLD:-} ]]; then swift build -c release --product phyworld; fi
place=.deps/reference-box2d
python=${BENCHMARK_PYTHON:-$place/python/bin/python}
if [[ ! -x $place/reference ]]; then
  rm -rf "$place"
  mkdir -p "$place"
  python3 -m venv "$place/python"
  "$place/python/bin/python" -m pip install --quiet numpy setuptools
  "$place/python/bin/python" -m pip download --quiet --no-deps --no-build-isolation --no-binary :all: \
    --dest "$place" box2d==2.3.2
  tar -xzf "$place"/*2.3.2.tar.gz -C "$place" --strip-components=1 --wildcards '*/Box2D'
  # The constant becomes the compiler's to set, and failed assertions need no Python.
  sed -i -e '/define b2_velocityThreshold/d' -e '/^#define USE_EXCEPTIONS/d' \
    "$place/Box2D/Common/b2Settings.h"
  find "$place/Box2D" -name '*.cpp' ! -name '*wrap*' -print0 |
    xargs -0 g++ -O3 -DNDEBUG -include cfloat -Db2_velocityThreshold=0.1f -I"$place" \
      -o "$place/reference" Benchmarks/Combinatorial/reference.cpp
fi
scenes=$(mktemp -d)
trap 'rm -rf "$scenes"' EXIT
"$phyworld" simulate combinatorial --split train_60 --count "${1:-3000}" --seed 7 --size 8 --quiet \
  --output "$scenes/set"
"$python" Benchmarks/Combinatorial/shares.py "$place/reference" "$scenes/set/scenes.jsonl"
