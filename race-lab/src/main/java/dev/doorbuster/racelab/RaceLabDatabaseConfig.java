package dev.doorbuster.racelab;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import java.time.Duration;

/**
 * Connection settings for PostgreSQL.
 *
 * @param server with a role that owns a schema of its own name and has no other privileges
 * @param connections concurrent buyers if the database counts
 * @param answerMax limit of one statement, enforced by server and client
 */
public record RaceLabDatabaseConfig(PostgresConfig server, int connections, Duration answerMax) {
    private static final int CONNECTIONS = 8;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    public static RaceLabDatabaseConfig fromEnv(Environment env) {
        return new RaceLabDatabaseConfig(PostgresConfig.fromEnv(env), CONNECTIONS, ANSWER_TIMEOUT);
    }
}
