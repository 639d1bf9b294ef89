package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderStatus;
import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** What the ledger would publish. */
public final class Events {
    private static final Instant AT = Instant.parse("2026-11-27T08:00:00Z");

    private Events() {}

    static Message confirmed(SaleId sale, String... buyers) {
        return Message.of(
                sale,
                Arrays.stream(buyers)
                        .map(buyer -> new OrderEvent.OrderConfirmed(order(sale, buyer)))
                        .toList());
    }

    static Message soldOut(SaleId sale) {
        return Message.of(sale, new SaleEvent.SaleSoldOut(sale(sale)));
    }

    private static OrderView order(SaleId sale, String buyer) {
        return new OrderView(
                UUID.randomUUID(), sale, buyer, 2, OrderStatus.RESERVED, null, 39_980, AT, AT.plusSeconds(600));
    }

    private static SaleView sale(SaleId sale) {
        return new SaleView(
                sale,
                "Espresso machine",
                19_990,
                "EUR",
                1000,
                1000,
                2,
                AT,
                null,
                600,
                CounterKind.REDIS,
                SaleState.SOLD_OUT,
                3);
    }
}
