#!/usr/bin/env bash
# Runs the flash sale against ./doorbuster up, or against any other shop:
#
#   load-test/k6/run.sh                                            the system that is up, as run.json tells
#   STOCK=500 BUYERS=20000 RATE=800 COUNTER=memcached load-test/k6/run.sh
#   API=http://shop:8080 JWT_SECRET=… OPERATOR_PASSWORD=… load-test/k6/run.sh
#
# Exit status: k6's own, not 0 unless the sale is proved and all else was kept. More arguments go to k6.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

k6=${K6:-$(command -v k6 || true)}
if [ -z "$k6" ] && [ -x "${GOPATH:-$HOME/go}/bin/k6" ]; then
  k6=${GOPATH:-$HOME/go}/bin/k6
fi
if [ -z "$k6" ]; then
  say "k6 is not here. One of these brings it:"
  say "  the vendor's packages: https://grafana.com/docs/k6/latest/set-up/install-k6/"
  say "  with Go:               go install go.k6.io/k6/v2@latest"
  say "  with Docker, no k6:    docker compose run --rm load"
  say "Where it is already, but not on PATH: K6=/path/to/k6 $0"
  exit 1
fi

if [ -z "${API:-}" ]; then
  export RUN_JSON=${RUN_JSON:-${DOORBUSTER_STATE:-$home/.doorbuster}/run.json}
  if [ ! -r "$RUN_JSON" ]; then
    say "Not running: there is no $RUN_JSON. Start it with ./doorbuster up, or set API, JWT_SECRET and OPERATOR_PASSWORD."
    exit 1
  fi
  # k6 takes it to be relative to the script.
  RUN_JSON=$(cd "$(dirname "$RUN_JSON")" && pwd)/$(basename "$RUN_JSON")
fi
exec "$k6" run "$@" "$here/flash-sale.js"
