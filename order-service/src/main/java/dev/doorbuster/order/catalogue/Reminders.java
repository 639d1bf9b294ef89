package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Buyers' wishes to be reminded before a sale opens. Not by a message: nothing that is decided depends on them. */
public final class Reminders {
    /** Sales of which a buyer may want to be reminded at once. */
    public static final int OF_BUYER_MAX = 100;

    private final Pool pool;
    private final DatabaseConfig config;

    public Reminders(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    public Future<Boolean> isWanted(SaleId sale, String buyer) {
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerQueries.REMINDER)
                        .execute(Tuple.of(sale.value(), buyer))
                        .map(rows -> rows.size() > 0));
    }

    /** Completes with false if the buyer wants too many. */
    public Future<Boolean> want(SaleId sale, String buyer) {
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerSql.WANT_REMINDER)
                        .execute(Tuple.of(sale.value(), buyer, OF_BUYER_MAX))
                        .map(rows -> rows.rowCount() > 0));
    }

    public Future<Void> cancel(SaleId sale, String buyer) {
        return Database.within(
                config,
                () -> pool.preparedQuery(LedgerSql.CANCEL_REMINDER)
                        .execute(Tuple.of(sale.value(), buyer))
                        .mapEmpty());
    }
}
