/**
 * Drafts of sales, lists and order pages, by Hibernate Reactive. Invariant: rows are inserted or read here, never
 * updated; opening, editing and ending a sale are commands to the ledger.
 */
package dev.doorbuster.order.catalogue;
