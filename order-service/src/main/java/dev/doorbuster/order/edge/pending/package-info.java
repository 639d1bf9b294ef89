/**
 * What orders, payments and cancels share between the HTTP request and the ledger's answer: the set of pending requests, the
 * reply queue of the edge, the {@code Prefer} header. Invariants: a request is registered before it is published; it is
 * told that it is pending only after the broker's confirm; all that waits is bounded.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.pending;

import com.google.errorprone.annotations.CheckReturnValue;
