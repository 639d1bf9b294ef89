/** A race: a number of buyers, a stock, and a strategy to count. Invariant: one race at a time, each of limited duration. */
package dev.doorbuster.racelab.race;
