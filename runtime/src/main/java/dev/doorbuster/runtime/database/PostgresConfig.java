package dev.doorbuster.runtime.database;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Address and credentials of PostgreSQL.
 *
 * @param connectMax limit for getting a connection, new or from a pool
 */
public record PostgresConfig(
        String host, int port, String database, String user, String password, Duration connectMax) {
    /** With the role used by services. */
    public static PostgresConfig fromEnv(Environment env) {
        return fromEnv(env, env.required("DOORBUSTER_DB_USER"), env.required("DOORBUSTER_DB_PASSWORD"));
    }

    /** With the role that owns the database and may change the schema. */
    public static PostgresConfig ofOwnerFromEnv(Environment env) {
        return fromEnv(env, env.required("DOORBUSTER_DB_OWNER_USER"), env.required("DOORBUSTER_DB_OWNER_PASSWORD"));
    }

    private static PostgresConfig fromEnv(Environment env, String user, String password) {
        return new PostgresConfig(
                env.text("DOORBUSTER_DB_HOST", "localhost"),
                env.integer("DOORBUSTER_DB_PORT", 5432, 1, 65535),
                env.text("DOORBUSTER_DB_NAME", "doorbuster"),
                user,
                password,
                limit(env, "DOORBUSTER_DB_CONNECT_TIMEOUT_MS", 3000));
    }

    /** A timeout for a PostgreSQL operation. */
    public static Duration limit(Environment env, String name, long byDefaultMs) {
        return env.millis(name, byDefaultMs, 50, 300_000);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + host + ":" + port + "/" + database;
    }
}
