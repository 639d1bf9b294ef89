package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import java.time.Instant;

/** Rows of sales. */
final class Rows {
    static final SaleId ID = new SaleId("abcdefghijklmnop");

    private Rows() {}

    static SaleView sale(SaleState state, long stock, long sold) {
        return until(null, state, stock, sold);
    }

    static SaleView until(Instant closesAt, SaleState state, long stock, long sold) {
        return new SaleView(
                ID, "t", 100, "EUR", stock, sold, 2, Instant.EPOCH, closesAt, 60, CounterKind.REDIS, state, 1);
    }
}
