/**
 * Batches that form themselves: work that arrives while a round trip is in flight travels together in the next one. No
 * timers. Invariant: one round trip at a time, in order of arrival, nothing dropped silently.
 */
@CheckReturnValue
package dev.doorbuster.runtime.batch;

import com.google.errorprone.annotations.CheckReturnValue;
