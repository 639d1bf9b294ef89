/**
 * What an operator sees of the whole system at once: the figures that all living instances have put on the board, added up, and how
 * much waits in the queues. Invariant: however many look, and whatever does not answer, selling does not notice.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.operations;

import com.google.errorprone.annotations.CheckReturnValue;
