package dev.doorbuster.order.operator;

import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.ledger.decide.Payment;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Records that a payment was given back: a row that says who did it and when. No order and no counter depends on it. */
public final class RefundMarks {
    private final Pool pool;
    private final DatabaseConfig config;

    public RefundMarks(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Completes with false if no such payment is due back, or if it was marked before.
     *
     * @param note null for none
     */
    public Future<Boolean> mark(Payment.Key payment, String operator, String note) {
        return Database.within(
                config,
                () -> pool.preparedQuery(OperatorSql.MARK_REFUNDED)
                        .execute(Tuple.of(payment.orderId(), payment.reference(), operator, note))
                        .map(rows -> rows.rowCount() > 0));
    }
}
