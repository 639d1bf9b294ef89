package dev.doorbuster.racelab;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Connections to PostgreSQL, whose search path begins with the schema that has the role's own name. */
final class Database {
    private static final String NAME = "race-lab";

    private Database() {}

    static Pool pool(Vertx vertx, DatabaseConfig config) {
        var options = new PgConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.database())
                .setUser(config.user())
                .setPassword(config.password())
                .setCachePreparedStatements(true)
                .addProperty("application_name", NAME)
                .addProperty("lock_timeout", millis(config.answerMax()))
                .addProperty("statement_timeout", millis(config.answerMax()));
        options.setConnectTimeout(Math.toIntExact(config.connectMax().toMillis()));
        var pooling = new PoolOptions()
                .setName(NAME)
                .setMaxSize(config.connections())
                .setMaxWaitQueueSize(config.connections())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectionTimeout(Math.toIntExact(config.connectMax().toMillis()));
        return PgBuilder.pool().with(pooling).connectingTo(options).using(vertx).build();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
