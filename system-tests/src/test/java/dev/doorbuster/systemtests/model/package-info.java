/**
 * The protocol, played at random.
 *
 * <p>Decider, ledger, recounts, claims, stores, edges, sweeper and reconciler are played as sequences of indivisible steps, any
 * of which may be the last before a crash, in schedules drawn from a seed. What they decide is decided by the product's own
 * pure code; played is only what lies between two decisions: queues, transactions, stores, and what may happen to them.
 * Invariant: a schedule is a function of its {@link dev.doorbuster.systemtests.model.Plan}, so that each failure can be
 * seen again.
 */
@CheckReturnValue
package dev.doorbuster.systemtests.model;

import com.google.errorprone.annotations.CheckReturnValue;
