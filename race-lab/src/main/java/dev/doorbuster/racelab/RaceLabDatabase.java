package dev.doorbuster.racelab;

import dev.doorbuster.runtime.database.Postgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;

/** Connections to PostgreSQL; the search path starts with the schema of the role's name. */
final class RaceLabDatabase {
    private static final String NAME = "race-lab";

    private RaceLabDatabase() {}

    static Pool pool(Vertx vertx, RaceLabDatabaseConfig config) {
        PgConnectOptions connecting = Postgres.connecting(config.server(), NAME)
                .addProperty("lock_timeout", Postgres.millis(config.answerMax()))
                .addProperty("statement_timeout", Postgres.millis(config.answerMax()));
        return Postgres.pool(vertx, connecting, config.server(), NAME, config.connections(), config.connections());
    }
}
