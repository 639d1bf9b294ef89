package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.sale.SaleLookup;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/**
 * A sale's units as the ledger says.
 *
 * @param sold held and paid units
 * @param closed whether the sale has ended
 */
record SaleUnits(long stock, long sold, long held, boolean closed) {
    static final String STOCK = "stock";
    static final String SOLD = "sold";
    static final String HELD = "held";

    /** Reads them from the order-service's public API, never from a cache; fails if it does not answer or know the sale. */
    static Future<SaleUnits> read(SaleLookup sales, SaleId sale) {
        return sales.find(sale, Duration.ZERO)
                .compose(row -> sales.holds(sale)
                        .map(holds -> new SaleUnits(
                                row.getLong("stock"),
                                row.getLong("stock") - row.getLong("available"),
                                holds.getLong("held"),
                                "CLOSED".equals(row.getString("state")))));
    }

    /** Whether nothing of the sale changes any more, refunds excepted. */
    boolean isFinal() {
        return closed && held == 0;
    }

    Request write(SaleId sale) {
        return Request.cmd(Command.HSET, PulseKeys.Part.UNITS.of(sale), STOCK, stock, SOLD, sold, HELD, held);
    }
}
