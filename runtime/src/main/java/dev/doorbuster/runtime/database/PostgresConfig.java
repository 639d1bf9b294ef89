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
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** With the role used by services. */
    public static PostgresConfig fromEnv(Environment env) {
        return fromEnv(env, env.required("DOORBUSTER_DB_USER"), env.required("DOORBUSTER_DB_PASSWORD"));
    }

    /** With the role that owns the database and may change the schema. */
    public static PostgresConfig ofOwnerFromEnv(Environment env) {
        return fromEnv(env, env.required("DOORBUSTER_DB_OWNER_USER"), env.required("DOORBUSTER_DB_OWNER_PASSWORD"));
    }

    /** For a role that is not a service's own. */
    public static PostgresConfig fromEnv(Environment env, String user, String password) {
        return new PostgresConfig(
                env.text("DOORBUSTER_DB_HOST", "localhost"),
                env.integer("DOORBUSTER_DB_PORT", 5432, 1, 65535),
                env.text("DOORBUSTER_DB_NAME", "doorbuster"),
                user,
                password,
                CONNECT_TIMEOUT);
    }

    /** The same settings with another limit for getting a connection. */
    public PostgresConfig withConnectMax(Duration max) {
        return new PostgresConfig(host, port, database, user, password, max);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + host + ":" + port + "/" + database;
    }
}
