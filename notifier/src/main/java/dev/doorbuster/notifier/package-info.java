/**
 * Tells people what happened: takes the events off a durable queue of its own and hands them to whoever listens by
 * server-sent events. It decides nothing and owns no truth: who missed an event asks the order-service. Invariant: a
 * buyer's name and orders reach that buyer's own streams only; a sale's stream carries figures.
 */
@CheckReturnValue
package dev.doorbuster.notifier;

import com.google.errorprone.annotations.CheckReturnValue;
