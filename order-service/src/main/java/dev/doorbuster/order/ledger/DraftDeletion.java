package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * Deletes sales that have not opened and have no orders. Not by a message: nothing refers to such a sale, and the
 * answer to a message would have no row to be kept in.
 */
public final class DraftDeletion {
    private final Pool pool;
    private final DatabaseConfig config;

    /** What became of a draft. */
    public enum Outcome {
        DELETED,
        UNKNOWN,
        /** The sale has opened, is due to open, or has ended. */
        OPENED,
        HAS_ORDERS
    }

    public DraftDeletion(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    public Future<Outcome> delete(SaleId sale) {
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerSql.DELETE_DRAFT)
                        .execute(Tuple.of(sale.value()))
                        .map(rows -> Outcome.valueOf(rows.iterator().next().getString("outcome"))));
    }
}
