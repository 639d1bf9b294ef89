/**
 * What each message does to a sale, decided under the lock of its row; the statements of that transaction; and what is
 * published after its commit. The consequences are computed from the message and the committed state only.
 */
package dev.doorbuster.order.ledger.decide;
