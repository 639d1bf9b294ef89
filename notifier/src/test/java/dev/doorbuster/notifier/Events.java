package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Events as the ledger publishes them. */
public final class Events {
    private static final Instant AT = Instant.parse("2026-11-27T08:00:00Z");

    private Events() {}

    public static Message confirmed(SaleId sale, String... buyers) {
        return Message.of(
                sale,
                Arrays.stream(buyers)
                        .map(buyer -> new OrderEvent.OrderConfirmed(order(sale, buyer, OrderStatus.RESERVED), null))
                        .toList());
    }

    /** One of each kind, each of a different order. */
    public static List<Message> ofEveryState(SaleId sale, String buyer) {
        return Stream.<OrderEvent>of(
                        new OrderEvent.OrderConfirmed(order(sale, buyer, OrderStatus.RESERVED), null),
                        new OrderEvent.OrderPaid(order(sale, buyer, OrderStatus.PAID), null),
                        new OrderEvent.OrderCancelled(order(sale, buyer, OrderStatus.CANCELLED), null),
                        new OrderEvent.OrderExpired(order(sale, buyer, OrderStatus.EXPIRED), null),
                        new OrderEvent.OrderRefundDue(order(sale, buyer, OrderStatus.REFUND_DUE), "pi_1", null),
                        new OrderEvent.OrderRejected(order(sale, buyer, OrderStatus.REJECTED), null))
                .map(event -> Message.of(sale, event))
                .toList();
    }

    public static Message soldOut(SaleId sale) {
        return Message.of(sale, new SaleEvent.SaleSoldOut(sale(sale)));
    }

    /** The same of a sale with a waiting room. */
    public static Message soldOutInTurn(SaleId sale) {
        SaleView of = sale(sale);
        return Message.of(
                sale,
                new SaleEvent.SaleSoldOut(new SaleView(
                        sale,
                        of.title(),
                        of.priceCents(),
                        of.currency(),
                        of.stock(),
                        of.sold(),
                        of.perBuyerLimit(),
                        of.opensAt(),
                        of.closesAt(),
                        of.holdSeconds(),
                        of.counter(),
                        of.state(),
                        of.epoch(),
                        new WaitingRoomTerms(1, 0, "c".repeat(64), "5".repeat(64)),
                        null)));
    }

    /** The same message as if it had been sent at that time. */
    public static Message sent(Instant at, Message message) {
        return new Message(message.type(), message.id(), message.sale(), at, message.elements());
    }

    private static OrderView order(SaleId sale, String buyer, OrderStatus status) {
        return new OrderView(UUID.randomUUID(), sale, buyer, 2, status, null, 39_980, AT, AT.plusSeconds(600));
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
                3,
                null,
                null);
    }
}
