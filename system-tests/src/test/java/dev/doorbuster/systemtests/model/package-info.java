/**
 * A random simulation of the protocol.
 *
 * <p>Decider, ledger, recounts, claims, stores, edges, sweeper and reconciler are sequences of atomic steps, each of
 * which may be the last before a crash, in schedules drawn from a seed. Their decisions are the product's own pure
 * code; simulated are queues, transactions, stores and their faults. Invariant: a schedule is a function of its
 * {@link dev.doorbuster.systemtests.model.Plan}, so that each failure can be replayed.
 */
package dev.doorbuster.systemtests.model;
