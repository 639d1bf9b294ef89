package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.SaleView;

/**
 * A sale that was created and not opened.
 *
 * @param due whether its time has come, by the database's clock
 */
public record SaleDraft(SaleView sale, boolean due) {}
