/**
 * Tells shops by HTTP: signed requests to endpoints that the configuration names, each with a durable queue of its own.
 * Invariant: a message leaves an endpoint's queue only once it was taken with a 2xx, or lies safely in a queue from which it
 * comes again or among the dead letters; what one endpoint does delays no other.
 */
@CheckReturnValue
package dev.doorbuster.notifier.webhook;

import com.google.errorprone.annotations.CheckReturnValue;
