#!/usr/bin/env bash
# Runs the flash sale by Gatling against ./doorbuster up, or against any other shop:
#
#   load-test/gatling/run.sh                                            the system that is up, as run.json tells
#   STOCK=500 BUYERS=20000 RATE=800 COUNTER=memcached load-test/gatling/run.sh
#   API=http://shop:8080 JWT_SECRET=… OPERATOR_PASSWORD=… load-test/gatling/run.sh
#
# Exit status: 0 only where the sale is proved and nothing was wrong. More arguments go to Maven, -o for example.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

if [ -z "${API:-}" ]; then
  export RUN_JSON=${RUN_JSON:-${DOORBUSTER_STATE:-$home/.doorbuster}/run.json}
  if [ ! -r "$RUN_JSON" ]; then
    printf '%s\n' "Not running: there is no $RUN_JSON. Start it with ./doorbuster up, or set API, JWT_SECRET and OPERATOR_PASSWORD." >&2
    exit 1
  fi
  RUN_JSON=$(cd "$(dirname "$RUN_JSON")" && pwd)/$(basename "$RUN_JSON")
fi
cd "$home"
exec ./mvnw -B -ntp -q -pl load-test/gatling -am -Pload integration-test -DskipTests "$@"
