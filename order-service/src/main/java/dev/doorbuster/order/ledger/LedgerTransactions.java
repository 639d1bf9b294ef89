package dev.doorbuster.order.ledger;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * Begins and commits the ledger's transactions. Both statements are pipelined with others, which PostgreSQL answers
 * in order: a transaction that reads once and writes once takes two round trips.
 */
class LedgerTransactions {
    private final Pool pool;

    LedgerTransactions(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs work that begins and commits a transaction; a failed one is rolled back before its connection is returned
     * to the pool.
     */
    final <T> Future<T> run(Function<SqlConnection, Future<T>> work) {
        return pool.withConnection(connection -> work.apply(connection)
                .recover(failure -> rollBack(connection).transform(ended -> Future.failedFuture(failure))));
    }

    Future<?> begin(SqlConnection connection) {
        return connection.query("BEGIN").execute();
    }

    /** After a failed statement, PostgreSQL executes COMMIT as ROLLBACK. */
    Future<?> commit(SqlConnection connection) {
        return connection.query("COMMIT").execute();
    }

    static Future<?> rollBack(SqlConnection connection) {
        return connection.query("ROLLBACK").execute();
    }
}
