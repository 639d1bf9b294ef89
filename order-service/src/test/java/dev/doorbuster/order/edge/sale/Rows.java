package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import java.time.Instant;

/** Rows of sales. */
public final class Rows {
    public static final SaleId ID = new SaleId("abcdefghijklmnop");

    private Rows() {}

    public static SaleView sale(SaleState state, long stock, long sold) {
        return until(null, state, stock, sold);
    }

    public static SaleView until(Instant closesAt, SaleState state, long stock, long sold) {
        return new SaleView(
                ID,
                "t",
                100,
                "EUR",
                stock,
                sold,
                2,
                Instant.EPOCH,
                closesAt,
                60,
                CounterKind.REDIS,
                state,
                1,
                null,
                null);
    }
}
