package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.value.SaleId;

/**
 * A sale that the ledger must open or close.
 *
 * @param over true to close it, false to open it
 */
public record DueSale(SaleId sale, boolean over) {}
