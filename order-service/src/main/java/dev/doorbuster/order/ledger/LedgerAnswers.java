package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.order.ledger.decide.OrderRow;
import dev.doorbuster.order.ledger.decide.SaleBook;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Answers to the edges after a commit, grouped by edge. Every copy of an order is answered, because each has its own
 * pending request. An answer contains the order as its request left it, not as later requests of the batch did.
 */
public final class LedgerAnswers {
    private record EdgeAndType(String edge, MessageType type) {}

    private record Answer(String edge, Element answered) {
        EdgeAndType to() {
            return new EdgeAndType(edge, MessageType.of(answered));
        }
    }

    private LedgerAnswers() {}

    public static List<Addressed> of(List<Message> messages, SaleBook book) {
        Map<EdgeAndType, List<Element>> ofEdge = new LinkedHashMap<>();
        for (Message message : messages) {
            answers(message, book)
                    .forEach(answer -> ofEdge.computeIfAbsent(answer.to(), to -> new ArrayList<>())
                            .add(answer.answered()));
        }
        var ledgerAnswers = new ArrayList<Addressed>();
        ofEdge.forEach((to, answered) -> Message.split(book.before().saleId(), answered)
                .forEach(message -> ledgerAnswers.add(new Addressed(Route.reply(to.edge()), message))));
        return ledgerAnswers;
    }

    /** Answers to the changes of a sale that the ledger does not have. */
    static List<Addressed> ofDeleted(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() == MessageType.SALE_CHANGE)
                .flatMap(message -> message.elements(SaleChange.class).stream()
                        .map(asked -> new Addressed(
                                Route.reply(asked.edgeId()),
                                Message.of(
                                        message.sale(),
                                        new SaleAnswered(
                                                asked.requestId(), SaleRefusal.DELETED, null, asked.trace())))))
                .toList();
    }

    private static Stream<Answer> answers(Message message, SaleBook book) {
        return switch (message.type()) {
            case ORDER_GRANTED ->
                message.elements(OrderGranted.class).stream()
                        .flatMap(asked ->
                                book.outcome(asked.requestId()).stream().map(row -> decision(asked, row)));
            case ORDER_PAYMENT -> message.elements(OrderPayment.class).stream().map(asked -> payment(asked, book));
            case ORDER_CANCEL ->
                message.elements(OrderCancel.class).stream()
                        .flatMap(asked ->
                                book.outcome(asked.requestId()).stream().map(row -> cancel(asked, row)));
            case SALE_CHANGE ->
                message.elements(SaleChange.class).stream()
                        .map(asked -> new Answer(
                                asked.edgeId(), book.change(asked.requestId()).answer(asked.trace())));
            default -> Stream.empty();
        };
    }

    /** Returns the markers of a whole batch to their edges once all of it is done; reports of decided orders need no answer. */
    static List<Addressed> markers(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() == MessageType.SALE_MARKER)
                .flatMap(message -> message.elements(SaleMarker.class).stream()
                        .filter(marker -> marker.decided().isEmpty())
                        .map(marker -> new Addressed(Route.reply(marker.edgeId()), Message.of(message.sale(), marker))))
                .toList();
    }

    /** The first decision, and the order as this request found it. */
    private static Answer decision(OrderGranted granted, OrderRow row) {
        if (!row.isOf(granted.buyer())) {
            return new Answer(
                    granted.edgeId(),
                    new OrderAnswered(
                            granted.requestId(),
                            granted.orderId(),
                            Verdict.REFUSED,
                            RefusalReason.INVALID,
                            null,
                            false,
                            granted.trace()));
        }
        return new Answer(
                granted.edgeId(),
                new OrderAnswered(
                        granted.requestId(),
                        row.id(),
                        row.order().accepted() ? Verdict.ACCEPTED : Verdict.REJECTED,
                        row.view().reason(),
                        row.view(),
                        !row.firstBroughtBy(granted.requestId()),
                        granted.trace()));
    }

    private static Answer payment(OrderPayment asked, SaleBook book) {
        LedgerPayment payment = book.payment(PaymentKey.of(asked));
        OrderView order = book.outcome(asked.requestId()).map(OrderRow::view).orElse(null);
        return new Answer(
                asked.edgeId(),
                new HoldAnswered(
                        asked.requestId(),
                        asked.orderId(),
                        payment.outcome(),
                        order,
                        payment.replays(asked.requestId()),
                        asked.trace()));
    }

    private static Answer cancel(OrderCancel asked, OrderRow row) {
        return new Answer(
                asked.edgeId(),
                new HoldAnswered(asked.requestId(), asked.orderId(), null, row.view(), false, asked.trace()));
    }
}
