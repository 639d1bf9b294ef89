/**
 * Placing orders and reading them. Invariants: 201 needs the ledger's decision, and a refusal of a request with a key needs a
 * look-up in the ledger; an order is published only after its request is registered as pending; all that waits is
 * bounded. One edge is one event loop and shares nothing with the next.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.order;

import com.google.errorprone.annotations.CheckReturnValue;
