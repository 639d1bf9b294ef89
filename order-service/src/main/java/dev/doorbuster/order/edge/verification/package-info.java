/** Verification of a sale: a marker through all its queues, then ledger and counter compared. */
@CheckReturnValue
package dev.doorbuster.order.edge.verification;

import com.google.errorprone.annotations.CheckReturnValue;
