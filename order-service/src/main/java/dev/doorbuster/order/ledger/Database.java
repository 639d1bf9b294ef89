package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.database.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Connections to PostgreSQL. */
public final class Database {
    private Database() {}

    /**
     * Opens a pool whose every connection has the server keep its limits: on locks, on statements, and on transactions
     * whose client has gone quiet.
     */
    public static Pool pool(Vertx vertx, DatabaseConfig config, String name) {
        return Postgres.pool(
                vertx, connecting(config, name), config.server(), name, config.poolMax(), config.waitingMax());
    }

    /** A connection outside any pool, which the server ends as well once it has been silent for that long. */
    static Future<PgConnection> connect(Vertx vertx, DatabaseConfig config, String name) {
        return PgConnection.connect(
                vertx,
                connecting(config, name).addProperty("idle_session_timeout", Postgres.millis(config.answerMax())));
    }

    /** The outcome of {@code question}, or a failure once {@link DatabaseConfig#answerMax()} has passed. */
    static <T> Future<T> within(DatabaseConfig config, Supplier<Future<T>> question) {
        return question.get().timeout(config.answerMax().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Plans are made once for each connection and statement, for making them costs a lone order more than running them. Tables
     * grow from nothing to a million rows within one sale, so such a plan may only be one that does not depend on their size:
     * one look into an index for each element. What reads a table as a whole to save looks is therefore off.
     */
    private static Map<String, String> planning() {
        return Map.of(
                "plan_cache_mode", "force_generic_plan",
                "enable_seqscan", "off",
                "enable_bitmapscan", "off",
                "enable_hashjoin", "off",
                "enable_mergejoin", "off",
                // What is off counts as endlessly dear, and what is dear would be compiled.
                "jit", "off");
    }

    private static PgConnectOptions connecting(DatabaseConfig config, String name) {
        PgConnectOptions options = Postgres.connecting(config.server(), name)
                .addProperty("lock_timeout", Postgres.millis(config.lockMax()))
                .addProperty("statement_timeout", Postgres.millis(config.statementMax()))
                .addProperty("idle_in_transaction_session_timeout", Postgres.millis(config.idleInTransactionMax()));
        planning().forEach(options::addProperty);
        // A connection on which nothing has moved for so long is given up, and with it a question that nobody answers.
        options.setIdleTimeout(Math.toIntExact(config.answerMax().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return options;
    }
}
