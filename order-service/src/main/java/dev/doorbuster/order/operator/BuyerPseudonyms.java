package dev.doorbuster.order.operator;

import dev.doorbuster.order.database.Database;
import dev.doorbuster.order.database.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Replaces the name of a buyer in the ledger's rows by a pseudonym, for good. */
public final class BuyerPseudonyms {
    private final Pool pool;
    private final DatabaseConfig config;

    /** What became of a request. */
    public enum Outcome {
        DONE,
        /** The ledger has nothing under this name. */
        UNKNOWN,
        /** The buyer has orders of sales that have not ended, or that are held. */
        ACTIVE
    }

    public BuyerPseudonyms(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    public Future<Outcome> replace(String buyer, String pseudonym) {
        return Database.within(
                config,
                () -> pool.preparedQuery(OperatorSql.PSEUDONYMISE_BUYER)
                        .execute(Tuple.of(buyer, pseudonym))
                        .map(rows -> Outcome.valueOf(rows.iterator().next().getString("outcome"))));
    }
}
