package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Transactions that leave nothing: each inserts a sale for its work to find, and is rolled back however it ends. */
final class RolledBack extends LedgerTransactions {
    private static final String INSERT_SALE = """
        INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter,
                           state, epoch)
        VALUES ($1, 'warm-up', 100, 'EUR', 1000000, 1, now(), 60, 'redis', 'OPEN', 1)\
        """;

    private final SaleId sale;

    RolledBack(Pool pool, SaleId sale) {
        super(pool);
        this.sale = sale;
    }

    @Override
    Future<?> begin(SqlConnection connection) {
        return Future.join(
                super.begin(connection), connection.preparedQuery(INSERT_SALE).execute(Tuple.of(sale.value())));
    }

    @Override
    Future<?> commit(SqlConnection connection) {
        return rollBack(connection);
    }
}
