/**
 * The stock counters: fast decisions in memory, one optimistic transaction for all orders of a sale that are at hand.
 *
 * <p>{@link dev.doorbuster.stock.counter.CounterDecisions} is the decision itself, a pure function; a
 * {@link dev.doorbuster.stock.counter.StockCounter} reads what it needs, and writes what it says if nothing has changed
 * meanwhile. Invariant: between recounts a counter only goes down; a counter that is missing or unreadable is never taken for
 * a number; whatever goes wrong half-way makes the counter too low, never too high.
 */
@CheckReturnValue
package dev.doorbuster.stock.counter;

import com.google.errorprone.annotations.CheckReturnValue;
