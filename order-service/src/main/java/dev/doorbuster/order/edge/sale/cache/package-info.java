/**
 * An edge's readings of sales, which open and close its gate. Invariant: of two readings of a sale the one that
 * started later counts, and an outdated one never refuses an order as "sold out".
 */
package dev.doorbuster.order.edge.sale.cache;
