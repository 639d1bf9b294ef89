/**
 * Two buyers, one unit, and a given order of their steps, on the real servers. Invariant: each run has a key of its own, which
 * expires, and connections of its own; one run at a time, each of limited duration.
 */
package dev.doorbuster.racelab.schedule;
