package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.order.ledger.SaleTerms;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.runtime.amqp.consume.DataException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Applies messages to the book of their sale. No I/O. */
public final class LedgerDecisions {
    private LedgerDecisions() {}

    public static void apply(SaleBook book, Message message) {
        switch (message.type()) {
            case ORDER_GRANTED -> message.elements(OrderGranted.class).forEach(granted -> decide(book, granted));
            case ORDER_PAYMENT -> message.elements(OrderPayment.class).forEach(paid -> pay(book, paid));
            case ORDER_CANCEL -> message.elements(OrderCancel.class).forEach(cancel -> cancel(book, cancel));
            case ORDER_HOLD_OVER -> message.elements(OrderHoldOver.class).forEach(over -> endHold(book, over));
            case SALE_CHANGE -> message.elements(SaleChange.class).forEach(change -> change(book, change));
            case SALE_OPEN -> book.open();
            case SALE_CLOSE -> book.close();
            case SALE_RECOUNT ->
                message.elements(SaleRecount.class).forEach(asked -> book.recount(RecountCause.of(asked.cause())));
            case SALE_MARKER -> message.elements(SaleMarker.class).forEach(book::note);
            default ->
                throw new DataException(
                        "the ledger cannot decide " + message.type().wireName(), null);
        }
    }

    /** The first decision about an order is final; an order with a row keeps it. */
    public static void decide(SaleBook book, OrderGranted granted) {
        OrderRow known = book.order(granted);
        if (known == null) {
            decideNew(book, granted);
        } else if (known.isOf(granted.buyer())) {
            keep(book, known, granted);
        } else {
            throw new DataException("order " + granted.orderId() + " is another buyer's", null);
        }
        done(book, granted);
    }

    /**
     * An offer of a raffle that finds nothing left stays undecided: it is offered again, before those behind it. With a row, the
     * next unit that comes back would be offered past it.
     */
    private static void decideNew(SaleBook book, OrderGranted granted) {
        RefusalReason refusal = refusalOf(book, granted);
        boolean offeredAgain = book.before().raffle() != null
                && (refusal == RefusalReason.SOLD_OUT || refusal == RefusalReason.NOT_ENOUGH_LEFT);
        if (!offeredAgain) {
            post(book, granted, refusal);
        } else if (granted.counted()) {
            book.recount(RecountCause.COUNTED_REFUSED);
        }
    }

    private static void done(SaleBook book, OrderGranted granted) {
        book.requestDone(granted.requestId(), book.order(granted));
        if (granted.number() != null) {
            book.decided(granted.number());
        }
    }

    /**
     * A counter that lost its record of an order, or released it, is decremented for it once more, for units that do
     * not exist. The decrement of the request that created the row is accounted for, unless it was repeated in a
     * counter whose recount already included the row.
     */
    private static void keep(SaleBook book, OrderRow known, OrderGranted granted) {
        boolean again =
                granted.epoch() != null && granted.epoch() == book.before().epoch() && book.isRecounted(known);
        if (granted.counted() && (again || !known.countedFor(granted.requestId()))) {
            book.recount(RecountCause.COUNTED_REFUSED);
        }
    }

    /** Rejects an order that cannot be decided; an order with a row keeps it. */
    public static void refuse(SaleBook book, OrderGranted granted) {
        OrderRow known = book.order(granted);
        if (known == null) {
            post(book, granted, RefusalReason.INVALID);
        } else {
            keep(book, known, granted);
        }
        done(book, granted);
    }

    private static RefusalReason refusalOf(SaleBook book, OrderGranted granted) {
        if (!book.limitAllows(granted.buyer(), granted.quantity())) {
            return RefusalReason.LIMIT_REACHED;
        }
        if (book.left() >= granted.quantity()) {
            return null;
        }
        return book.left() <= 0 ? RefusalReason.SOLD_OUT : RefusalReason.NOT_ENOUGH_LEFT;
    }

    private static void post(SaleBook book, OrderGranted granted, RefusalReason refusal) {
        SaleTerms sale = book.terms();
        boolean accepted = refusal == null;
        var view = new OrderView(
                granted.orderId(),
                book.before().saleId(),
                granted.buyer(),
                granted.quantity(),
                accepted ? OrderStatus.RESERVED : OrderStatus.REJECTED,
                refusal,
                refusal == RefusalReason.INVALID ? 0 : Math.multiplyExact(sale.priceCents(), granted.quantity()),
                granted.receivedAt().truncatedTo(ChronoUnit.MICROS),
                accepted ? book.now().plusSeconds(sale.holdSeconds()) : null);
        var order = new LedgerOrder(view, granted.key(), granted.requestId(), accepted);
        book.insert(new OrderRow(order, granted.counted(), false, sale.perBuyerLimit(), book.now()));
        if (accepted != granted.counted()) {
            book.recount(accepted ? RecountCause.UNCOUNTED_RESERVED : RecountCause.COUNTED_REFUSED);
        }
    }

    /** Every payment is recorded; one that cannot pay for its order is to be refunded. */
    private static void pay(SaleBook book, OrderPayment payment) {
        if (book.payment(PaymentKey.of(payment)) == null) {
            OrderRow row = book.order(payment.orderId());
            book.insert(LedgerPayment.of(payment, row == null ? PaymentOutcome.REFUND_DUE : paid(book, row, payment)));
        }
        book.requestDone(payment.requestId(), book.order(payment.orderId()));
    }

    private static PaymentOutcome paid(SaleBook book, OrderRow row, OrderPayment payment) {
        OrderTransitions.OnPayment effect =
                OrderTransitions.onPayment(row.view().status());
        if (effect != OrderTransitions.OnPayment.REFUND_PAYMENT_ONLY && !isOfItsAmount(book, row, payment)) {
            return PaymentOutcome.REFUND_DUE;
        }
        switch (effect) {
            case PAY -> {
                book.change(row.with(OrderStatus.PAID));
                return PaymentOutcome.PAID;
            }
            case PAY_IF_THERE_IS_ROOM -> {
                int quantity = row.view().quantity();
                if (book.left() >= quantity && book.limitAllows(row.view().buyer(), quantity)) {
                    book.change(row.revived(book.terms().perBuyerLimit()));
                    book.recount(RecountCause.LATE_PAYMENT);
                    return PaymentOutcome.PAID;
                }
                book.change(row.with(OrderStatus.REFUND_DUE));
            }
            case REFUND -> book.change(row.with(OrderStatus.REFUND_DUE));
            case REFUND_PAYMENT_ONLY -> {
                return PaymentOutcome.ALREADY_PAID;
            }
        }
        return PaymentOutcome.REFUND_DUE;
    }

    /** What a payment does not tell is taken to be the order's. */
    private static boolean isOfItsAmount(SaleBook book, OrderRow row, OrderPayment payment) {
        return (payment.cents() == null || payment.cents() == row.view().totalCents())
                && (payment.currency() == null
                        || payment.currency().equals(book.before().currency()));
    }

    private static void cancel(SaleBook book, OrderCancel cancel) {
        OrderRow row = book.order(cancel.orderId());
        if (row != null) {
            if (!row.isOf(cancel.buyer())) {
                throw new DataException("order " + cancel.orderId() + " is another buyer's", null);
            }
            move(book, row, OrderTransitions.onCancel(row.view().status()), RecountCause.CANCELLED);
        }
        book.requestDone(cancel.requestId(), book.order(cancel.orderId()));
    }

    private static void endHold(SaleBook book, OrderHoldOver over) {
        OrderRow row = book.order(over.orderId());
        boolean ended = row != null
                && row.view().holdExpiresAt() != null
                && !row.view().holdExpiresAt().isAfter(book.now());
        if (ended) {
            move(book, row, OrderTransitions.onHoldOver(row.view().status()), RecountCause.EXPIRED);
        }
    }

    /** A change that is already decided keeps its decision. */
    private static void change(SaleBook book, SaleChange change) {
        if (book.change(change.requestId()) != null) {
            return;
        }
        SaleRefusal refusal = null;
        switch (change.action()) {
            case OPEN -> book.open();
            case EDIT -> refusal = edit(book, change.edit());
            case END -> refusal = end(book);
            case PUBLISH -> refusal = publish(book);
            case PAUSE -> refusal = pause(book, true);
            case RESUME -> refusal = pause(book, false);
        }
        book.changeDone(change, refusal);
    }

    private static SaleRefusal edit(SaleBook book, SaleEdit edit) {
        SaleTerms edited = book.terms().with(edit);
        SaleRefusal refusal = refusalOf(book, edit, edited);
        if (refusal == null) {
            book.edit(edited);
        }
        return refusal;
    }

    private static SaleRefusal end(SaleBook book) {
        if (book.rowState() == SaleState.DRAFT) {
            return SaleRefusal.NOT_PUBLISHED;
        }
        book.end();
        return null;
    }

    /** Pausing a paused sale, or resuming one that is not paused, changes nothing. */
    private static SaleRefusal pause(SaleBook book, boolean pause) {
        return switch (book.rowState()) {
            case CLOSED -> SaleRefusal.ENDED;
            case OPEN -> {
                book.pause(pause);
                yield null;
            }
            default -> SaleRefusal.NOT_OPEN;
        };
    }

    private static SaleRefusal publish(SaleBook book) {
        SaleRefusal refusal = switch (book.rowState()) {
            case CLOSED -> SaleRefusal.ENDED;
            case DRAFT -> book.terms().refusalOfTimes(book.now()).orElse(null);
            default -> null;
        };
        if (refusal == null) {
            book.publish();
        }
        return refusal;
    }

    private static SaleRefusal refusalOf(SaleBook book, SaleEdit edit, SaleTerms edited) {
        if (book.rowState() == SaleState.CLOSED) {
            return SaleRefusal.ENDED;
        } else if (edit.opensAt() != null && book.rowState() == SaleState.OPEN) {
            return SaleRefusal.OPENED_ALREADY;
        }
        boolean setsTimes = edit.opensAt() != null || edit.closesAt() != null;
        return (setsTimes ? edited.refusalOfTimes(book.now()) : Optional.<SaleRefusal>empty())
                .orElseGet(() -> edited.stock() < book.sold() ? SaleRefusal.STOCK_BELOW_SOLD : null);
    }

    private static void move(SaleBook book, OrderRow row, OrderStatus to, RecountCause cause) {
        if (to != row.view().status()) {
            book.change(row.with(to));
            book.recount(cause);
        }
    }
}
