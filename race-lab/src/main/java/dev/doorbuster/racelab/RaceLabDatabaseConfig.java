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
    public static RaceLabDatabaseConfig fromEnv(Environment env) {
        return new RaceLabDatabaseConfig(
                PostgresConfig.fromEnv(env),
                env.integer("DOORBUSTER_RACE_LAB_DB_CONNECTIONS", 8, 2, 64),
                PostgresConfig.limit(env, "DOORBUSTER_DB_ANSWER_TIMEOUT_MS", 10_000));
    }
}
