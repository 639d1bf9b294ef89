/**
 * Paying for an order and cancelling it. The edge reads the order once for its buyer and its sale, publishes a command, and
 * answers with the ledger's decision. Invariants: nothing is written here; a request without the ledger's answer in time gets
 * what the ledger's rows say, or 202; all that waits is bounded.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.payment;

import com.google.errorprone.annotations.CheckReturnValue;
