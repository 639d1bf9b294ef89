/**
 * What operators do to sales, and the pages buyers read at leisure, by Hibernate Reactive. Invariant: each change is one
 * SQL transaction with the sale's row locked; {@code sold} is never written here; a change that makes the counter wrong
 * raises the epoch and records the recount in the same transaction.
 */
@CheckReturnValue
package dev.doorbuster.order.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
