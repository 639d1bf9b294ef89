/**
 * The one way to publish and to consume. A publisher completes when the broker has confirmed; a consumer acknowledges
 * after its handler has done everything, on the channel that delivered, and {@link dev.doorbuster.runtime.amqp.FailurePolicy}
 * alone decides what a failure means. Invariant: a message is acknowledged only after what follows from it is safe.
 */
@CheckReturnValue
package dev.doorbuster.runtime.amqp;

import com.google.errorprone.annotations.CheckReturnValue;
