package dev.doorbuster.runtime.database;

import dev.doorbuster.runtime.start.Lifecycle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection and pool options common to all services. A service with a database needs vertx-pg-client, an optional dependency
 * of this module.
 */
public final class Postgres {
    /** Limit of {@link #reached}; less than that of a step of a service's start. */
    public static final Duration REACHED_MAX = Lifecycle.START_STEP_MAX.dividedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
    private static final Duration REACH_AGAIN = Duration.ofSeconds(1);
    /** The server starts or stops; it has too many connections. */
    private static final Set<String> NOT_YET = Set.of("57P01", "57P02", "57P03", "53300");

    private Postgres() {}

    /** The name becomes {@code application_name}. */
    public static PgConnectOptions connecting(PostgresConfig config, String name) {
        var options = new PgConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.database())
                .setUser(config.user())
                .setPassword(config.password())
                .setCachePreparedStatements(true)
                .addProperty("application_name", name);
        options.setConnectTimeout(Math.toIntExact(config.connectMax().toMillis()));
        return options;
    }

    /**
     * A pool of such connections.
     *
     * @param waitingMax callers that may wait for a connection, for at most the connect timeout
     */
    public static Pool pool(
            Vertx vertx,
            PgConnectOptions connecting,
            PostgresConfig config,
            String name,
            int connectionsMax,
            int waitingMax) {
        var pooling = new PoolOptions()
                .setName(name)
                .setMaxSize(connectionsMax)
                .setMaxWaitQueueSize(waitingMax)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectionTimeout(Math.toIntExact(config.connectMax().toMillis()));
        return PgBuilder.pool()
                .with(pooling)
                .connectingTo(connecting)
                .using(vertx)
                .build();
    }

    /**
     * Completes once the pool has a connection. For the start of a service: its server may still be starting as well, or the
     * machine may be too busy to connect within the connect timeout. Fails at once if the server refuses, such as for a wrong
     * password, else with the last failure after {@link #REACHED_MAX}.
     */
    public static Future<Void> reached(Vertx vertx, Pool pool) {
        return reached(vertx, pool, System.nanoTime() + REACHED_MAX.toNanos());
    }

    private static Future<Void> reached(Vertx vertx, Pool pool, long end) {
        return pool.getConnection().compose(SqlConnection::close).recover(cause -> {
            if (isRefusal(cause) || System.nanoTime() - end > 0) {
                return Future.failedFuture(cause);
            }
            LOG.warn("PostgreSQL cannot be reached, trying again: {}", cause.toString());
            return vertx.timer(REACH_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .compose(tick -> reached(vertx, pool, end));
        });
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof PgException refused && !NOT_YET.contains(refused.getSqlState());
    }

    /** A timeout in the format of PostgreSQL's settings. */
    public static String millis(Duration limit) {
        return Long.toString(limit.toMillis());
    }
}
