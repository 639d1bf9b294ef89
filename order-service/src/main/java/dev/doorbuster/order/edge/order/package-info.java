/**
 * Placing and reading orders. Invariants: 201 requires the ledger's decision, and refusing a request with a key
 * requires a look-up in the ledger; an order is published only after its request is registered as pending; all
 * waiting is bounded. Each edge is one event loop and shares nothing with others.
 */
package dev.doorbuster.order.edge.order;
