package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderEvent.OrderCancelled;
import dev.doorbuster.contracts.message.OrderEvent.OrderConfirmed;
import dev.doorbuster.contracts.message.OrderEvent.OrderExpired;
import dev.doorbuster.contracts.message.OrderEvent.OrderPaid;
import dev.doorbuster.contracts.message.OrderEvent.OrderRefundDue;
import dev.doorbuster.contracts.message.OrderEvent.OrderRejected;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent.SaleClosed;
import dev.doorbuster.contracts.message.SaleEvent.SaleOpened;
import dev.doorbuster.contracts.message.SaleEvent.SalePaused;
import dev.doorbuster.contracts.message.SaleEvent.SaleResumed;
import dev.doorbuster.contracts.message.SaleEvent.SaleSoldOut;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.UnmatchedPayments;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.order.ledger.read.SaleStates;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Determines what must be published after a commit.
 *
 * <p>A process may crash between commit and publishing; then the messages are redelivered and change nothing. So
 * consequences must not depend on what this delivery changed: they are a function of the messages and the state
 * after the commit, and a redelivery publishes them again. Receivers are idempotent: a recount replaces only an
 * older one, a claim is released once, and events have fixed ids.
 */
public final class Consequences {
    private final SaleBook book;
    private final SaleView sale;
    private final Map<MessageType, List<Element>> elements = new EnumMap<>(MessageType.class);
    private boolean counterWrong;

    private Consequences(SaleBook book) {
        this.book = book;
        this.sale = book.after();
        this.counterWrong = book.recounted().isPresent();
    }

    /** Consequences of messages about a sale, given its book after them. */
    public static List<Addressed> of(List<Message> messages, SaleBook book) {
        var consequences = new Consequences(book);
        for (Message message : messages) {
            consequences.follow(message);
        }
        return consequences.addressed();
    }

    /** A counter of a sale that the ledger does not have must not sell, in either store. */
    public static List<Addressed> ofUnknown(SaleId sale) {
        List<SaleCounted> nothing = Arrays.stream(CounterKind.values())
                .map(kind -> new SaleCounted(0, 0, kind))
                .toList();
        return List.of(command(Message.of(sale, nothing)));
    }

    private void follow(Message message) {
        switch (message.type()) {
            case ORDER_GRANTED -> message.elements(OrderGranted.class).forEach(this::followDecision);
            case ORDER_PAYMENT -> message.elements(OrderPayment.class).forEach(this::followPayment);
            case ORDER_CANCEL -> message.elements(OrderCancel.class).forEach(this::followCancel);
            case ORDER_HOLD_OVER -> message.elements(OrderHoldOver.class).forEach(this::followHoldOver);
            case SALE_CHANGE -> message.elements(SaleChange.class).forEach(this::followChange);
            case SALE_OPEN -> followOpening();
            case SALE_CLOSE -> followEnd();
            case SALE_RECOUNT -> counterWrong = true;
            default -> {}
        }
    }

    private void followChange(SaleChange change) {
        switch (change.action()) {
            case OPEN, PUBLISH -> followOpening();
            case EDIT -> counterWrong |= change.edit().stock() != null;
            case END -> followEnd();
            case PAUSE -> {
                if (sale.state() == SaleState.PAUSED) {
                    once(new SalePaused(sale));
                }
            }
            case RESUME -> {
                if (SaleStates.ofRow(sale.state()) == SaleState.OPEN && sale.state() != SaleState.PAUSED) {
                    once(new SaleResumed(sale));
                }
            }
        }
    }

    private void followOpening() {
        counterWrong = true;
        if (sale.state() == SaleState.OPEN || sale.state() == SaleState.SOLD_OUT) {
            once(new SaleOpened(sale));
        }
    }

    private void followEnd() {
        counterWrong = true;
        if (sale.state() == SaleState.CLOSED) {
            once(new SaleClosed(sale));
        }
    }

    private void followDecision(OrderGranted granted) {
        OrderRow row = book.order(granted);
        if (row == null) {
            counterWrong |= granted.counted();
            add(new ClaimReleased(granted.orderId(), granted.buyer(), granted.quantity(), sale.counter()));
            return;
        }
        if (!row.isOf(granted.buyer())) {
            // Refused without any data of another buyer's order; its claim is that buyer's as well.
            counterWrong |= granted.counted();
            return;
        }
        boolean first = row.firstBroughtBy(granted.requestId());
        // This request may have caused the newer epoch, and the process that began it may have crashed before
        // publishing.
        counterWrong |=
                granted.counted() && granted.epoch() != null && granted.epoch() < sale.epoch() && book.isRecounted(row);
        if (!row.holdsUnits() || !row.id().equals(granted.orderId())) {
            counterWrong |= granted.counted();
            add(new ClaimReleased(granted.orderId(), granted.buyer(), granted.quantity(), sale.counter()));
        }
        if (row.holdsUnits()) {
            counterWrong |= !row.counted();
            if (first) {
                add(new OrderConfirmed(row.view(), granted.trace()));
                if (sale.state() == SaleState.SOLD_OUT) {
                    once(new SaleSoldOut(sale));
                }
            }
        } else if (first && row.view().status() == OrderStatus.REJECTED) {
            add(new OrderRejected(row.view(), granted.trace()));
        }
    }

    private void followPayment(OrderPayment asked) {
        OrderRow row = book.order(asked.orderId());
        OrderView view = row == null ? UnmatchedPayments.order(sale.saleId(), asked) : row.view();
        add(
                book.payment(PaymentKey.of(asked)).pays()
                        ? new OrderPaid(view, asked.trace())
                        : new OrderRefundDue(view, asked.reference(), asked.trace()));
        if (row != null) {
            counterWrong |= row.revived();
            releaseUnlessHeld(row);
        }
    }

    private void followCancel(OrderCancel asked) {
        OrderRow row = book.order(asked.orderId());
        if (row != null && row.view().status() == OrderStatus.CANCELLED) {
            add(new OrderCancelled(row.view(), asked.trace()));
        }
        releaseUnlessHeld(row);
    }

    private void followHoldOver(OrderHoldOver over) {
        OrderRow row = book.order(over.orderId());
        if (row != null && row.view().status() == OrderStatus.EXPIRED) {
            add(new OrderExpired(row.view(), null));
        }
        releaseUnlessHeld(row);
    }

    private void releaseUnlessHeld(OrderRow row) {
        if (row != null && !row.holdsUnits()) {
            counterWrong = true;
            OrderView view = row.view();
            add(new ClaimReleased(view.id(), view.buyer(), view.quantity(), sale.counter()));
        }
    }

    private void add(Element element) {
        elements.computeIfAbsent(MessageType.of(element), type -> new ArrayList<>())
                .add(element);
    }

    /** One event of the sale, however many messages cause it. */
    private void once(Element element) {
        elements.put(MessageType.of(element), List.of(element));
    }

    private List<Addressed> addressed() {
        var addressed = new ArrayList<Addressed>();
        if (counterWrong) {
            book.latest()
                    .ifPresent(latest -> addressed.add(command(Message.of(
                            sale.saleId(), new SaleCounted(latest.epoch(), latest.available(), sale.counter())))));
        }
        elements.forEach((type, ofType) -> {
            for (Message message : Message.split(sale.saleId(), ofType)) {
                addressed.add(type == MessageType.CLAIM_RELEASED ? command(message) : event(message));
            }
        });
        return addressed;
    }

    private static Addressed command(Message message) {
        return new Addressed(Route.command(message), message);
    }

    private static Addressed event(Message message) {
        return new Addressed(Route.event(message.type(), message.sale()), message);
    }
}
