/**
 * Reads what the decider wrote: counters, and the answers of orders a counter refused. Invariant: nothing here writes, and
 * a value that is not there is never read as a number.
 */
@CheckReturnValue
package dev.doorbuster.order.counter;

import com.google.errorprone.annotations.CheckReturnValue;
