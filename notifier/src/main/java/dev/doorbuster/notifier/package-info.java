/**
 * Delivers events: consumes durable queues and forwards events to browsers by server-sent events, to buyers by
 * e-mail, and to shops by webhooks. It decides nothing and stores nothing durable: a client that missed an event
 * reads the order-service. Invariant: a buyer's name and orders reach only that buyer and the shops; a sale's stream
 * contains aggregates.
 */
package dev.doorbuster.notifier;
