/** Reads of the ledger outside its transactions, for pages, metrics, jobs and verifications. */
@CheckReturnValue
package dev.doorbuster.order.ledger.read;

import com.google.errorprone.annotations.CheckReturnValue;
