package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Transactions that leave no data: each inserts a sale for its work, and is always rolled back. */
public final class RolledBack extends LedgerTransactions {
    private final SaleId sale;

    RolledBack(Pool pool, SaleId sale) {
        super(pool);
        this.sale = sale;
    }

    @Override
    Future<?> begin(SqlConnection connection) {
        return Future.join(
                super.begin(connection),
                connection.preparedQuery(LedgerSql.INSERT_WARM_UP_SALE).execute(Tuple.of(sale.value())));
    }

    @Override
    Future<?> commit(SqlConnection connection) {
        return rollBack(connection);
    }
}
