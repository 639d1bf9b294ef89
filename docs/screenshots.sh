#!/usr/bin/env bash
# Takes the pictures of docs/images anew, on the real system, and keeps those that a page shows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./mvnw -B -ntp -q verify -pl system-tests -am -DskipTests=false -Dtest=NoUnitTests -Dsurefire.failIfNoSpecifiedTests=false \
  '-Dit.test=StorefrontLooksIT#noPageIsWiderThanAPhone,ConsoleSalesIT#theOperatorCreatesASaleStartsACrowdAndGetsPass,ConsoleDeadLettersIT#aPoisonMessageIsShownWithItsReasonUntilItIsThrownAway,RaceLabIT,RehearsalPageIT' \
  -Dfailsafe.failIfNoSpecifiedTests=false \
  '-Ddoorbuster.rehearsal=--stock 1000 --buyers 20000 --ramp 10' \
  "-Ddoorbuster.screenshots=$PWD/docs/images"
for picture in docs/images/*; do
  grep -qF "images/${picture##*/}" README.md docs/*.md || rm "$picture"
done
