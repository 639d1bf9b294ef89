/** Counters in Memcached: gets and cas for a batch of one sale. */
@CheckReturnValue
package dev.doorbuster.counter.memcached;

import com.google.errorprone.annotations.CheckReturnValue;
