/**
 * Paying and cancelling an order. The edge reads the order once for its buyer and sale, publishes a command, and
 * responds with the ledger's decision. Invariants: nothing is written here; without the ledger's answer in time, the
 * response comes from the ledger's rows or is 202; all waiting is bounded.
 */
package dev.doorbuster.order.edge.payment;
