package dev.doorbuster.order.ledger;

import static java.util.stream.Collectors.toMap;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderEvent.OrderRefundDue;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerRows;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Payments for orders that the ledger does not have. They change no sale, so no sale's row is locked; they are
 * recorded as to be refunded. Their messages have the sale id {@link SaleId#NONE}. If order and payment were
 * inserted meanwhile, that row stands, and this request gets no answer from here.
 */
public final class UnmatchedPayments {
    private final Statements statements;
    private final Publisher publisher;

    UnmatchedPayments(Statements statements, Publisher publisher) {
        this.statements = statements;
        this.publisher = publisher;
    }

    static boolean is(SaleId sale, List<Message> messages) {
        return sale.equals(SaleId.NONE)
                && messages.stream().allMatch(message -> message.type() == MessageType.ORDER_PAYMENT);
    }

    /** Records the payments, answers, and publishes their events. */
    Future<Void> take(List<Message> messages) {
        List<OrderPayment> payments = messages.stream()
                .flatMap(message -> message.elements(OrderPayment.class).stream())
                .toList();
        return write(payments)
                .compose(written -> read(payments))
                .map(rows -> payments.stream()
                        .filter(asked -> rows.get(PaymentKey.of(asked)).outcome() == PaymentOutcome.REFUND_DUE)
                        .map(asked -> tell(asked, rows.get(PaymentKey.of(asked))))
                        .toList())
                .compose(due -> publisher.publishAll(events(due)));
    }

    /** The order is known only from its payment. */
    public static OrderView order(SaleId sale, OrderPayment asked) {
        return new OrderView(
                asked.orderId(), sale, asked.buyer(), 0, OrderStatus.REFUND_DUE, null, 0, asked.receivedAt(), null);
    }

    private Future<?> write(List<OrderPayment> payments) {
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(payments.stream().map(OrderPayment::orderId).toArray(UUID[]::new))
                .addArrayOfString(payments.stream().map(OrderPayment::reference).toArray(String[]::new))
                .addArrayOfUUID(payments.stream().map(OrderPayment::requestId).toArray(UUID[]::new))
                .addArrayOfString(payments.stream().map(OrderPayment::buyer).toArray(String[]::new))
                .addArrayOfOffsetDateTime(payments.stream()
                        .map(paid -> LedgerRows.timestamp(paid.receivedAt()))
                        .toArray(OffsetDateTime[]::new));
        return statements.change(LedgerSql.INSERT_UNMATCHED_PAYMENTS, columns);
    }

    private Future<Map<PaymentKey, LedgerPayment>> read(List<OrderPayment> payments) {
        Tuple orders = Tuple.tuple()
                .addArrayOfUUID(
                        payments.stream().map(OrderPayment::orderId).distinct().toArray(UUID[]::new));
        return statements
                .list(LedgerSql.PAYMENTS, LedgerRows::payment, orders)
                .map(rows -> rows.stream().collect(toMap(LedgerPayment::key, payment -> payment)));
    }

    private OrderRefundDue tell(OrderPayment asked, LedgerPayment row) {
        var answer = new HoldAnswered(
                asked.requestId(), asked.orderId(), row.outcome(), null, row.replays(asked.requestId()), asked.trace());
        publisher.tell(Route.reply(asked.edgeId()), Message.of(SaleId.NONE, answer));
        return new OrderRefundDue(order(SaleId.NONE, asked), asked.reference(), asked.trace());
    }

    private static List<Addressed> events(List<OrderRefundDue> due) {
        return Message.split(SaleId.NONE, due).stream()
                .map(message -> new Addressed(Route.event(message.type(), message.sale()), message))
                .toList();
    }
}
