package dev.doorbuster.order.operator;

import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.PaymentKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Records that a payment was given back: a row that says who did it and when. No order and no counter depends on it. */
public final class RefundMarks {
    private final Statements statements;

    public RefundMarks(Statements statements) {
        this.statements = statements;
    }

    /**
     * Completes with false if no such payment is due back, or if it was marked before.
     *
     * @param note null for none
     */
    public Future<Boolean> mark(PaymentKey payment, String operator, String note) {
        return statements.change(
                OperatorSql.MARK_REFUNDED, Tuple.of(payment.orderId(), payment.reference(), operator, note));
    }
}
