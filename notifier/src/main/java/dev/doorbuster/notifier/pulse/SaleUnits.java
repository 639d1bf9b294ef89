package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

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

    /** Whether nothing of the sale changes any more, refunds excepted. */
    boolean isFinal() {
        return closed && held == 0;
    }

    Request write(SaleId sale) {
        return Request.cmd(Command.HSET)
                .arg(PulseKeys.Part.UNITS.of(sale))
                .arg(STOCK)
                .arg(stock)
                .arg(SOLD)
                .arg(sold)
                .arg(HELD)
                .arg(held);
    }
}
