/**
 * The names and the value of the stock counters in Redis and Memcached, shared by the service that writes them and by
 * those that only read them. Invariant: a value that does not parse is no value, never a number.
 */
@CheckReturnValue
package dev.doorbuster.contracts.counter;

import com.google.errorprone.annotations.CheckReturnValue;
