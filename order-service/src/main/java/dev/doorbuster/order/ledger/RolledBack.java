package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** Transactions that leave nothing: each inserts a sale for its work to find, and is rolled back however it ends. */
final class RolledBack {
    private static final String INSERT_SALE = """
        INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter,
                           state, epoch)
        VALUES ($1, 'warm-up', 100, 'EUR', 1000000, 1, now(), 60, 'redis', 'OPEN', 1)\
        """;

    private RolledBack() {}

    /** A pool of which only {@link Pool#withTransaction(Function)} can be used. */
    @SuppressWarnings("unchecked")
    static Pool pool(Pool pool, SaleId sale) {
        return (Pool) Proxy.newProxyInstance(
                RolledBack.class.getClassLoader(), new Class<?>[] {Pool.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("withTransaction") || arguments.length != 1) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return transact(pool, sale, (Function<SqlConnection, Future<Object>>) arguments[0]);
                });
    }

    private static Future<Object> transact(Pool pool, SaleId sale, Function<SqlConnection, Future<Object>> work) {
        return pool.withConnection(connection -> connection
                .begin()
                .compose(transaction -> connection
                        .preparedQuery(INSERT_SALE)
                        .execute(Tuple.of(sale.value()))
                        .compose(inserted -> work.apply(connection))
                        .transform(done -> rolledBack(transaction, done))));
    }

    private static Future<Object> rolledBack(Transaction transaction, AsyncResult<Object> done) {
        return transaction
                .rollback()
                .transform(over ->
                        done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause()));
    }
}
