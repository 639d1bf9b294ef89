package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleId;

/**
 * A sale that the ledger is to open or to close.
 *
 * @param over whether its time is over; otherwise its time has come
 */
record DueSale(SaleId sale, boolean over) {}
