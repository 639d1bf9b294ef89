/**
 * Ids of orders and requests, and idempotency keys. Invariant: only an order's id must not be guessable; the others
 * need to be unique only, so they cost no random bits per request.
 */
package dev.doorbuster.order.edge.id;
