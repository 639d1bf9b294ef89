/**
 * The strategies to count. Invariant: every key starts with {@code doorbuster:race-lab:} or belongs to a sale id that starts
 * with {@code racelab}; a race deletes its keys at its end, and all but two of them also expire.
 */
package dev.doorbuster.racelab.strategy;
