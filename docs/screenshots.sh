#!/usr/bin/env bash
# Takes the pictures of the storefront, the console and the race lab anew, on the real system: docs/images.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec ./mvnw -B -ntp -q verify -pl system-tests -am -DskipTests=false -Dtest=NoUnitTests -Dsurefire.failIfNoSpecifiedTests=false \
  '-Dit.test=StorefrontLooksIT#noPageIsWiderThanAPhone,ConsoleIT#theOperatorCreatesASaleStartsACrowdAndSeesPass+whereNothingWasSetAsideThePageSaysSo,RaceLabIT' \
  -Dfailsafe.failIfNoSpecifiedTests=false \
  "-Ddoorbuster.screenshots=$PWD/docs/images"
