/**
 * Tells people what happened: takes events off durable queues and hands them to whoever listens by server-sent
 * events, to buyers by e-mail, and to shops by HTTP. It decides nothing and owns no truth: who missed an event asks the order-service. Invariant: a
 * buyer's name and orders reach that buyer and the shops only; a sale's stream carries figures.
 */
@CheckReturnValue
package dev.doorbuster.notifier;

import com.google.errorprone.annotations.CheckReturnValue;
