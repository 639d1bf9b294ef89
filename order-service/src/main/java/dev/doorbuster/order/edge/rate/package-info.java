/**
 * How often somebody may ask. Invariant: memory is bounded whoever asks; forgetting a caller can only be to the caller's
 * advantage.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.rate;

import com.google.errorprone.annotations.CheckReturnValue;
