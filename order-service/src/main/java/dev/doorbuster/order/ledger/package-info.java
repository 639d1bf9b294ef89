/**
 * The ledger decides finally. It meets the orders that passed a counter, in one transaction a sale and gathering with the
 * sale's row locked first, and publishes what follows after the commit. Invariant: {@code sold <= stock} and the limit
 * per buyer always hold; the first decision about an order stands; what follows from a message is a function of the
 * message and of the state after the commit, so that a redelivery says it again and never anything else.
 */
@CheckReturnValue
package dev.doorbuster.order.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
