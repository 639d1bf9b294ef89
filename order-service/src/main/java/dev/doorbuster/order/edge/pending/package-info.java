/**
 * Shared by orders, payments and cancels between HTTP request and ledger answer: pending requests, the edge's reply
 * queue, the {@code Prefer} header. Invariants: a request is registered before it is published; it is answered as
 * pending only after the broker's confirm; all waiting is bounded.
 */
package dev.doorbuster.order.edge.pending;
