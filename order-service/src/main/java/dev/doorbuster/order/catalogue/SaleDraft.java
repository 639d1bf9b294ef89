package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.SaleView;

/**
 * A created sale that is not open yet.
 *
 * @param due whether it is to open now: it is published, and its opening time has passed by the database's clock
 */
public record SaleDraft(SaleView sale, boolean due) {}
