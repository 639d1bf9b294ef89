package dev.doorbuster.racelab;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import java.time.Duration;

/**
 * How to reach PostgreSQL.
 *
 * @param server and a role there that owns a schema of its own name and may touch nothing else
 * @param connections buyers at once where the database counts
 * @param answerMax one statement; kept by the server and by the client
 */
public record RaceLabDatabaseConfig(PostgresConfig server, int connections, Duration answerMax) {
    public static RaceLabDatabaseConfig fromEnv(Environment env) {
        return new RaceLabDatabaseConfig(
                PostgresConfig.fromEnv(env),
                env.integer("DOORBUSTER_RACE_LAB_DB_CONNECTIONS", 8, 2, 64),
                PostgresConfig.limit(env, "DOORBUSTER_DB_ANSWER_TIMEOUT_MS", 10_000));
    }
}
