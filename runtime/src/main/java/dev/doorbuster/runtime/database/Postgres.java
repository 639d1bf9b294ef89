package dev.doorbuster.runtime.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Connection and pool options common to all services. A service with a database needs vertx-pg-client, an optional dependency
 * of this module.
 */
public final class Postgres {
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

    /** A timeout in the format of PostgreSQL's settings. */
    public static String millis(Duration limit) {
        return Long.toString(limit.toMillis());
    }
}
