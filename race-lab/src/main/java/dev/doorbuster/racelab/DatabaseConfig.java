package dev.doorbuster.racelab;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How to reach PostgreSQL.
 *
 * @param user a role that owns a schema of its own name and may touch nothing else
 * @param connections buyers at once where the database counts
 * @param connectMax for a connection, new or from the pool
 * @param answerMax one statement; kept by the server and by the client
 */
public record DatabaseConfig(
        String host,
        int port,
        String database,
        String user,
        String password,
        int connections,
        Duration connectMax,
        Duration answerMax) {
    public static DatabaseConfig fromEnv(Environment env) {
        return new DatabaseConfig(
                env.text("DOORBUSTER_DB_HOST", "localhost"),
                env.integer("DOORBUSTER_DB_PORT", 5432, 1, 65535),
                env.text("DOORBUSTER_DB_NAME", "doorbuster"),
                env.required("DOORBUSTER_DB_USER"),
                env.required("DOORBUSTER_DB_PASSWORD"),
                env.integer("DOORBUSTER_RACE_LAB_DB_CONNECTIONS", 8, 2, 64),
                limit(env, "DOORBUSTER_DB_CONNECT_TIMEOUT_MS", Duration.ofSeconds(3)),
                limit(env, "DOORBUSTER_DB_ANSWER_TIMEOUT_MS", Duration.ofSeconds(10)));
    }

    private static Duration limit(Environment env, String name, Duration byDefault) {
        return env.millis(name, byDefault, Duration.ofMillis(50), Duration.ofMinutes(5));
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + host + ":" + port + "/" + database;
    }
}
