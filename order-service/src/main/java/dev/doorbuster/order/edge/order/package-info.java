/**
 * Placing an order: what is refused at the door, what is published to the entrance, and who waits for which decision.
 * Invariants: nothing is told before it is true, so 201 needs the ledger's word and a refusal a look into the ledger;
 * an order is published only after somebody is registered to hear its answer; all that waits is bounded. One edge is one
 * event loop and shares nothing with the next.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.place;

import com.google.errorprone.annotations.CheckReturnValue;
