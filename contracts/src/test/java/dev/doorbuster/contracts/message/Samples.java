package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.message.SaleMarker.AwaitedOrder;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.VisitorPosition;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One realistic message of every type; equal to the golden files. */
public final class Samples {
    public static final SaleId SALE = new SaleId("k7wq2mzr5xv3ta6b");
    static final UUID MESSAGE = UUID.fromString("0b1f6c58-5a0e-4f43-9d1e-2f6f3c9a7d10");
    static final Instant SENT_AT = Instant.parse("2026-11-27T08:00:00.125Z");

    private static final UUID REQUEST = UUID.fromString("5d0c0f57-1f0b-4c8e-8f4a-6b9f2d1e3a77");
    private static final UUID ORDER = UUID.fromString("a3e4b1d2-7c6f-4e5a-9b8d-0c1f2e3d4b5a");
    private static final UUID MARKER = UUID.fromString("e1d2c3b4-a596-4877-8695-a4b3c2d1e0f9");
    private static final String EDGE = "edge-0-7f3a";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-27T08:00:00.101Z");
    private static final Instant PLACED_AT = Instant.parse("2026-11-27T08:00:00.118Z");
    private static final Instant HELD_UNTIL = Instant.parse("2026-11-27T08:10:00.118Z");

    private static final OrderNumber NUMBER = new OrderNumber(4_711_000_000_000_001L, 17);

    private static final List<Element> ELEMENTS = List.of(
            new OrderPlaced(
                    REQUEST,
                    ORDER,
                    "alice",
                    2,
                    "cart-4711",
                    CounterKind.REDIS,
                    2,
                    3L,
                    EDGE,
                    RECEIVED_AT,
                    TRACE,
                    NUMBER),
            new OrderGranted(REQUEST, ORDER, "alice", 2, "cart-4711", true, 3L, EDGE, RECEIVED_AT, TRACE, NUMBER),
            new OrderPayment(REQUEST, ORDER, "alice", "card-93c1", 39_980L, "EUR", EDGE, RECEIVED_AT, TRACE),
            new OrderCancel(REQUEST, ORDER, "alice", EDGE, RECEIVED_AT, TRACE),
            new OrderHoldOver(ORDER),
            new OrderAnswered(
                    REQUEST,
                    ORDER,
                    OrderAnswered.Verdict.ACCEPTED,
                    null,
                    order(OrderStatus.RESERVED, null),
                    false,
                    TRACE),
            new HoldAnswered(REQUEST, ORDER, PaymentOutcome.ALREADY_PAID, order(OrderStatus.PAID, null), false, TRACE),
            new OrderEvent.OrderConfirmed(order(OrderStatus.RESERVED, null), TRACE),
            new OrderEvent.OrderRejected(order(OrderStatus.REJECTED, RefusalReason.LIMIT_REACHED), TRACE),
            new OrderEvent.OrderPaid(order(OrderStatus.PAID, null), TRACE),
            new OrderEvent.OrderCancelled(order(OrderStatus.CANCELLED, null), TRACE),
            new OrderEvent.OrderExpired(order(OrderStatus.EXPIRED, null), null),
            new OrderEvent.OrderRefundDue(order(OrderStatus.REFUND_DUE, null), "card-93c1", TRACE),
            new SaleMarker(
                    MARKER,
                    EDGE,
                    List.of(new OrderNumbers(NUMBER.stream(), 3, 9)),
                    List.of(new AwaitedOrder(NUMBER.stream(), NUMBER.number(), ORDER)),
                    List.of(new SaleId("mq4tz7wnb2xk5rca"))),
            new SaleChange(
                    REQUEST,
                    SaleChange.Action.EDIT,
                    new SaleEdit(
                            "Espresso machine, red",
                            18_990L,
                            1200L,
                            3,
                            Instant.parse("2026-11-27T08:30:00Z"),
                            Instant.parse("2026-11-27T21:00:00Z"),
                            false,
                            900),
                    EDGE,
                    RECEIVED_AT,
                    TRACE),
            new SaleAnswered(REQUEST, SaleRefusal.STOCK_BELOW_SOLD, sale(SaleState.OPEN, 2), TRACE),
            new SaleOpen(RECEIVED_AT),
            new SaleClose(RECEIVED_AT),
            new SaleRecount(SaleRecount.Cause.MISSING),
            new SaleCounted(3, 998, CounterKind.MEMCACHED),
            new SaleAnnounced(sale(SaleState.OPEN, 2)),
            new SaleEvent.SaleOpened(sale(SaleState.OPEN, 0)),
            new SaleEvent.SaleSoldOut(sale(SaleState.SOLD_OUT, 1000)),
            new SaleEvent.SalePaused(sale(SaleState.PAUSED, 2)),
            new SaleEvent.SaleResumed(sale(SaleState.OPEN, 2)),
            new SaleEvent.SaleClosed(sale(SaleState.CLOSED, 998)),
            new ClaimReleased(ORDER, "alice", 2, CounterKind.MEMCACHED),
            new ReminderDue("alice", Instant.parse("2026-11-27T08:10:00Z")),
            new OrderMailed(ORDER, "order.paid", OrderMailed.Outcome.SENT, RECEIVED_AT),
            new RaffleLost("alice"),
            BuyersVisited.again(new int[] {0, 77_777, VisitorPosition.COUNT - 1}));

    private static final Map<MessageType, Message> MESSAGES = ELEMENTS.stream()
            .map(element -> new Message(MessageType.of(element), MESSAGE, SALE, SENT_AT, List.of(element)))
            .collect(Collectors.toUnmodifiableMap(Message::type, Function.identity()));

    private Samples() {}

    /** The sample of a type; fails the test if there is none. */
    public static Message of(MessageType type) {
        Message sample = MESSAGES.get(type);
        if (sample == null) {
            throw new AssertionError("no sample of " + type);
        }
        return sample;
    }

    static List<MessageType> types() {
        return Arrays.asList(MessageType.values());
    }

    static OrderPlaced placed() {
        return (OrderPlaced) of(MessageType.ORDER_PLACED).elements().get(0);
    }

    private static OrderView order(OrderStatus status, RefusalReason reason) {
        Instant heldUntil = status == OrderStatus.REJECTED ? null : HELD_UNTIL;
        return new OrderView(ORDER, SALE, "alice", 2, status, reason, 39_980, PLACED_AT, heldUntil);
    }

    private static SaleView sale(SaleState state, long sold) {
        return new SaleView(
                SALE,
                "Espresso machine",
                19_990,
                "EUR",
                1000,
                sold,
                2,
                Instant.parse("2026-11-27T08:00:00Z"),
                Instant.parse("2026-11-27T20:00:00Z"),
                600,
                CounterKind.REDIS,
                state,
                1,
                null,
                null);
    }
}
