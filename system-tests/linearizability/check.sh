#!/usr/bin/env bash
# Checks histories of ./doorbuster chaos with a second judge. Needs Go, and its module proxy at the first run.
#   ./doorbuster chaos --seed 7 --history seed-7.jsonl && system-tests/linearizability/check.sh seed-7.jsonl
set -euo pipefail
files=()
for file in "$@"; do files+=("$(realpath "$file")"); done
cd "$(dirname "$0")"
go vet .
go test -count=1 .
[ "${#files[@]}" -eq 0 ] || go run . "${files[@]}"
