/** Counters in Redis: WATCH, reads, MULTI, writes and EXEC for a batch of one sale. */
@CheckReturnValue
package dev.doorbuster.counter.redis;

import com.google.errorprone.annotations.CheckReturnValue;
