/**
 * Drafts of sales, lists and order pages, by Hibernate Reactive. Invariant: a row is inserted or read here, and never changed;
 * opening, editing and ending a sale are commands that the ledger takes.
 */
@CheckReturnValue
package dev.doorbuster.order.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
