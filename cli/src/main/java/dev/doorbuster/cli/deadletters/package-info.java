/**
 * {@code dead-letters}: shows, replays and discards dead letters by {@link
 * dev.doorbuster.deadletters.DeadLetterQueues}. Invariant: nothing is discarded before the consequences were printed
 * and confirmed.
 */
package dev.doorbuster.cli.deadletters;
