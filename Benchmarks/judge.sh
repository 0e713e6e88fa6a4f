#!/usr/bin/env bash
# Tries the judge of combinatorial scenes on true and corrupted videos:
#   Benchmarks/judge.sh [SCENES] [FIRST] [KIND …]          default: 100 scenes, a few minutes
# Prints one line of JSON, kinds of videos with how many were called wrong; what the judge got wrong is
# listed on stderr. COMBINATORIALDATABENCHMARK names another build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${COMBINATORIALDATABENCHMARK:-.build/release/combinatorialdatabenchmark}
if [[ -z ${COMBINATORIALDATABENCHMARK:-} ]]; then
  swift build -c release --product combinatorialdatabenchmark
fi
exec "$binary" judge "${2:-0}" "${1:-100}" "${@:3}"
