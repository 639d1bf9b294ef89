/**
 * The ledger makes the final decisions. It processes orders granted by a counter in one transaction per sale and
 * batch, with the sale's row locked first, and publishes the consequences after the commit. Invariant: {@code sold
 * <= stock} and the limit per buyer always hold; the first decision about an order is final; the consequences of a
 * message are a function of the message and the state after the commit, so that a redelivery publishes the same
 * again.
 */
package dev.doorbuster.order.ledger;
