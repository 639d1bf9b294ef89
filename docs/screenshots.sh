#!/usr/bin/env bash
# Takes the pictures of the storefront, the console, the race lab and a rehearsal's report anew, on the real system: docs/images.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec ./mvnw -B -ntp -q verify -pl system-tests -am -DskipTests=false -Dtest=NoUnitTests -Dsurefire.failIfNoSpecifiedTests=false \
  '-Dit.test=StorefrontLooksIT#noPageIsWiderThanAPhone,ConsoleSalesIT#theOperatorCreatesASaleStartsACrowdAndGetsPass,ConsoleDeadLettersIT#aPoisonMessageIsShownWithItsReasonUntilItIsThrownAway,RaceLabIT,RehearsalPageIT' \
  -Dfailsafe.failIfNoSpecifiedTests=false \
  '-Ddoorbuster.rehearsal=--stock 1000 --buyers 20000 --ramp 10' \
  "-Ddoorbuster.screenshots=$PWD/docs/images"
