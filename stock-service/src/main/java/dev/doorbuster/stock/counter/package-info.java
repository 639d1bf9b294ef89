/**
 * The stock counters: fast decisions in memory, one optimistic transaction per batch of a sale's orders.
 *
 * <p>{@link dev.doorbuster.stock.counter.CounterDecisions} decides and is pure; a {@link dev.doorbuster.stock.counter.StockCounter}
 * reads its input and writes its result if nothing has changed meanwhile. Invariant: between recounts a counter only goes down;
 * a missing or unparseable counter is never treated as a number; a partial failure makes the counter too low, never too high.
 */
@CheckReturnValue
package dev.doorbuster.stock.counter;

import com.google.errorprone.annotations.CheckReturnValue;
