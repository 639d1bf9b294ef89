/**
 * The edge: HTTP in front, messages behind. It never writes an order or a counter; it publishes a wish, waits for the
 * answer where the client wants it, and reads the ledger where it has to be sure. Invariant: one edge is one event loop
 * that shares nothing with another, so any number of them stand side by side.
 */
@CheckReturnValue
package dev.doorbuster.order.edge;

import com.google.errorprone.annotations.CheckReturnValue;
