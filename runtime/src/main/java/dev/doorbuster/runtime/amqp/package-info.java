/**
 * The only way to publish and to consume. A publish completes when the broker has confirmed it. A consumer acknowledges on the
 * channel that delivered, after its handler has finished; {@link dev.doorbuster.runtime.amqp.consume.FailurePolicy} alone decides how
 * failures are handled. Invariant: a message is acknowledged only after everything that follows from it is safe.
 */
package dev.doorbuster.runtime.amqp;
