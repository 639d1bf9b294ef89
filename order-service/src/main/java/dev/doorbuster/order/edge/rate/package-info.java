/** Delays after failures. Invariant: memory is bounded for any number of callers; evicting a caller never makes a limit stricter. */
@CheckReturnValue
package dev.doorbuster.order.edge.rate;

import com.google.errorprone.annotations.CheckReturnValue;
