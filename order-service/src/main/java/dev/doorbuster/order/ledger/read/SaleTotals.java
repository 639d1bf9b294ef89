package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import io.vertx.sqlclient.Row;

/**
 * One sale in a report; in units unless noted.
 *
 * @param orders number of orders that the ledger has, refused ones included
 * @param held in RESERVED orders
 * @param paid in PAID orders
 * @param returned in orders that held units once and hold none now
 * @param revenueCents total of the PAID orders
 * @param buyers number of buyers who hold or have paid for units
 */
public record SaleTotals(
        SaleId id,
        String title,
        SaleState state,
        String currency,
        long stock,
        long orders,
        long held,
        long paid,
        long returned,
        long revenueCents,
        long buyers) {
    public long sold() {
        return held + paid;
    }

    static SaleTotals of(Row row) {
        long stock = row.getLong("stock");
        return new SaleTotals(
                new SaleId(row.getString("id")),
                row.getString("title"),
                SaleStates.shown(
                        SaleState.valueOf(row.getString("state")),
                        row.getBoolean("paused"),
                        stock,
                        row.getLong("sold")),
                row.getString("currency"),
                stock,
                row.getLong("orders"),
                row.getLong("held"),
                row.getLong("paid"),
                row.getLong("returned"),
                row.getLong("revenue_cents"),
                row.getLong("buyers"));
    }
}
