/**
 * The exchanges, queues and bindings as data, and the routes messages take over them. Invariant: every durable
 * exchange has an alternate exchange, so that no message is dropped for want of a binding; work queues are durable
 * quorum queues with one active consumer, of which only the entrance is bounded in length; what waits to be told to people
 * is bounded, and never holds up work.
 */
@CheckReturnValue
package dev.doorbuster.contracts.topology;

import com.google.errorprone.annotations.CheckReturnValue;
