/** Consuming in batches of one sale, and what happens after a failure. */
@CheckReturnValue
package dev.doorbuster.runtime.amqp.consume;

import com.google.errorprone.annotations.CheckReturnValue;
