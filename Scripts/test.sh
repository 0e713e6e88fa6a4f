#!/usr/bin/env bash
# Runs every test, in two processes beside each other: those of the built program, and all others.
#   Scripts/test.sh                  everything
#   Scripts/test.sh --filter NAME    what the options of 'swift test' ask for, in one process
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One thread for libtorch and one test at a time: on a busy machine two spin against each other.
# Tests use no `@testable`; without that flag they share every object file with the command.
export OMP_NUM_THREADS=1
options=(-c release --disable-testable-imports --no-parallel)
(($# == 0)) || exec swift test "${options[@]}" "$@"

swift build -c release --build-tests
log=$(mktemp)
program=
trap 'rm -f "$log"; [[ -z $program ]] || kill "$program" 2>/dev/null || true' EXIT
swift test "${options[@]}" --skip-build --ignore-lock --filter 'EndToEndTests\.' >"$log" 2>&1 &
program=$!
status=0
swift test "${options[@]}" --skip-build --ignore-lock --skip 'EndToEndTests\.' || status=$?
wait "$program" || status=$?
program=
cat "$log"
exit "$status"
