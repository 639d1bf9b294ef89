package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.sale.SaleLookup;
import io.vertx.core.Future;
import java.time.Duration;

/** Reads the ledger's units from the order-service's public API, never from a cache. */
final class SaleUnitsReader {
    private final SaleLookup sales;

    SaleUnitsReader(SaleLookup sales) {
        this.sales = sales;
    }

    /** Fails if the order-service does not answer, or does not know the sale. */
    Future<SaleUnits> read(SaleId sale) {
        return sales.find(sale, Duration.ZERO)
                .compose(row -> sales.holds(sale)
                        .map(holds -> new SaleUnits(
                                row.getLong("stock"),
                                row.getLong("stock") - row.getLong("available"),
                                holds.getLong("held"),
                                "CLOSED".equals(row.getString("state")))));
    }
}
