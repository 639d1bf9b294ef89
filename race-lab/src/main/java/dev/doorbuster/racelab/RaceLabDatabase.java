package dev.doorbuster.racelab;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.runtime.database.PostgresConfig;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;

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

    /**
     * Connection settings for PostgreSQL.
     *
     * @param server with a role that owns a schema of its own name and has no other privileges
     * @param connections concurrent buyers if the database counts
     * @param answerMax limit of one statement, enforced by server and client
     */
    record RaceLabDatabaseConfig(PostgresConfig server, int connections, Duration answerMax) {
        private static final int CONNECTIONS = 8;
        private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

        public static RaceLabDatabaseConfig fromEnv(Environment env) {
            return new RaceLabDatabaseConfig(PostgresConfig.fromEnv(env), CONNECTIONS, ANSWER_TIMEOUT);
        }
    }
}
