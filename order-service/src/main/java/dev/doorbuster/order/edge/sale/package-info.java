/**
 * Sales on the edge: what is read, listed and changed by operators. Invariant: only the database's clock opens and
 * closes sales, never an edge's.
 */
package dev.doorbuster.order.edge.sale;
