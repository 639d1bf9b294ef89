package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleId;

/**
 * A sale that the ledger must open or close.
 *
 * @param over true to close it, false to open it
 */
record DueSale(SaleId sale, boolean over) {}
