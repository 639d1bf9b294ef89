package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleView;

/**
 * A sale of a report.
 *
 * @param settled closed for so long that accepted orders of it are decided
 */
public record ReportedSale(SaleView sale, boolean settled) {}
