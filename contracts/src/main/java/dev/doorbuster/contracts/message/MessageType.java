package dev.doorbuster.contracts.message;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry of message types: wire name, version and element class. */
public enum MessageType {
    ORDER_PLACED("order.placed", 1, OrderPlaced.class),
    ORDER_GRANTED("order.granted", 1, OrderGranted.class),
    ORDER_PAYMENT("order.payment", 1, OrderPayment.class),
    ORDER_CANCEL("order.cancel", 1, OrderCancel.class),
    ORDER_HOLD_OVER("order.hold-over", 1, OrderHoldOver.class),
    ORDER_ANSWERED("order.answered", 1, OrderAnswered.class),
    HOLD_ANSWERED("hold.answered", 1, HoldAnswered.class),

    ORDER_CONFIRMED("order.confirmed", 1, OrderEvent.OrderConfirmed.class),
    ORDER_REJECTED("order.rejected", 1, OrderEvent.OrderRejected.class),
    ORDER_PAID("order.paid", 1, OrderEvent.OrderPaid.class),
    ORDER_CANCELLED("order.cancelled", 1, OrderEvent.OrderCancelled.class),
    ORDER_EXPIRED("order.expired", 1, OrderEvent.OrderExpired.class),
    ORDER_REFUND_DUE("order.refund-due", 1, OrderEvent.OrderRefundDue.class),

    SALE_MARKER("sale.marker", 1, SaleMarker.class),
    SALE_CHANGE("sale.change", 1, SaleChange.class),
    SALE_ANSWERED("sale.answered", 1, SaleAnswered.class),
    SALE_OPEN("sale.open", 1, SaleOpen.class),
    SALE_CLOSE("sale.close", 1, SaleClose.class),
    SALE_RECOUNT("sale.recount", 1, SaleRecount.class),
    SALE_COUNTED("sale.counted", 1, SaleCounted.class),
    SALE_ANNOUNCED("sale.announced", 1, SaleAnnounced.class),

    SALE_OPENED("sale.opened", 1, SaleEvent.SaleOpened.class),
    SALE_SOLD_OUT("sale.sold-out", 1, SaleEvent.SaleSoldOut.class),
    SALE_PAUSED("sale.paused", 1, SaleEvent.SalePaused.class),
    SALE_RESUMED("sale.resumed", 1, SaleEvent.SaleResumed.class),
    SALE_CLOSED("sale.closed", 1, SaleEvent.SaleClosed.class),

    CLAIM_RELEASED("claim.released", 1, ClaimReleased.class),
    BUYERS_VISITED("buyers.visited", 1, BuyersVisited.class),
    REMINDER_DUE("reminder.due", 1, ReminderDue.class),
    ORDER_MAILED("order.mailed", 1, OrderMailed.class);

    private static final Map<String, MessageType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(MessageType::wireName, Function.identity()));
    private static final Map<Class<? extends Element>, MessageType> BY_ELEMENT = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(MessageType::elementClass, Function.identity()));

    private final String topic;
    private final int version;
    private final Class<? extends Element> elementClass;

    MessageType(String topic, int version, Class<? extends Element> elementClass) {
        this.topic = topic;
        this.version = version;
        this.elementClass = elementClass;
    }

    /** The prefix of the routing key, without version. */
    public String topic() {
        return topic;
    }

    /** The AMQP property {@code type}, for example {@code order.placed.v1}. */
    public String wireName() {
        return topic + ".v" + version;
    }

    public Class<? extends Element> elementClass() {
        return elementClass;
    }

    /** Null if this version does not know the wire name. */
    public static MessageType ofWireName(String wireName) {
        return wireName == null ? null : BY_WIRE_NAME.get(wireName);
    }

    public static MessageType of(Element element) {
        return BY_ELEMENT.get(element.getClass());
    }
}
