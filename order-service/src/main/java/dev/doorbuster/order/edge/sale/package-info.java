/**
 * Sales on the edge: cached readings that open and close its gate, the operator's changes, and the verification that
 * a sale sold exactly its stock. Invariant: only the database's clock opens and closes sales, never an edge's.
 */
package dev.doorbuster.order.edge.sale;
