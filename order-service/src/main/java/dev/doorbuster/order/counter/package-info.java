/**
 * Reads what the decider wrote: counters, and the refusals of orders. Invariant: nothing here writes, and a missing
 * value is never read as a number.
 */
package dev.doorbuster.order.counter;
