#!/usr/bin/env bash
# Checks histories of ./doorbuster chaos or demo with a second judge. Needs Go, and its module proxy at the first run.
#   system-tests/linearizability/check.sh .doorbuster/chaos*/history.jsonl
set -euo pipefail
files=()
for file in "$@"; do files+=("$(realpath "$file")"); done
cd "$(dirname "$0")"
go vet .
go test -count=1 .
[ "${#files[@]}" -eq 0 ] || go run . "${files[@]}"
