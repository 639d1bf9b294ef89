package dev.doorbuster.order.database;

import dev.doorbuster.runtime.database.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Connections to the PostgreSQL database of orders. */
public final class OrderDatabase {
    private OrderDatabase() {}

    /** Opens a pool whose connections have server-side limits on locks, statements and idle transactions. */
    public static Pool pool(Vertx vertx, DatabaseConfig config, String name) {
        return Postgres.pool(
                vertx, connecting(config, name), config.server(), name, config.poolMax(), config.waitingMax());
    }

    /** A connection outside any pool, which the server also closes after that idle time. */
    public static Future<PgConnection> connect(Vertx vertx, DatabaseConfig config, String name) {
        return PgConnection.connect(
                vertx,
                connecting(config, name).addProperty("idle_session_timeout", Postgres.millis(config.answerMax())));
    }

    /** The result of {@code question}, or a failure after {@link DatabaseConfig#answerMax()}. */
    public static <T> Future<T> within(DatabaseConfig config, Supplier<Future<T>> question) {
        return question.get().timeout(config.answerMax().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Plans are cached per connection and statement, because planning a single order costs more than executing it.
     * Tables grow from nothing to a million rows within one sale, so plans must not depend on table sizes: one index
     * look-up per element. Plan types that read whole tables are therefore disabled.
     */
    private static Map<String, String> planning() {
        return Map.of(
                "plan_cache_mode", "force_generic_plan",
                "enable_seqscan", "off",
                "enable_bitmapscan", "off",
                "enable_hashjoin", "off",
                "enable_mergejoin", "off",
                // Disabled plan types have a huge cost, which would trigger JIT compilation.
                "jit", "off");
    }

    private static PgConnectOptions connecting(DatabaseConfig config, String name) {
        PgConnectOptions options = Postgres.connecting(config.server(), name)
                .addProperty("lock_timeout", Postgres.millis(config.lockMax()))
                .addProperty("statement_timeout", Postgres.millis(config.statementMax()))
                .addProperty("idle_in_transaction_session_timeout", Postgres.millis(config.idleInTransactionMax()));
        planning().forEach(options::addProperty);
        // Closes a connection without traffic for that long, and fails its unanswered query.
        options.setIdleTimeout(Math.toIntExact(config.answerMax().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return options;
    }
}
