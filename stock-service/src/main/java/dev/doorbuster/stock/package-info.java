/**
 * The decider: consumes orders from the entrance, decides each batch on the sale's counter, publishes granted orders to the
 * ledger, and answers refusals. It also installs recounts and releases claims. Invariant: a batch is acknowledged only after
 * all its granted orders are confirmed by the broker; refusals are answered after the acknowledgement.
 */
package dev.doorbuster.stock;
