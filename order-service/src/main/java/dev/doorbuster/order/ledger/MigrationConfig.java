package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may change the schema.
 *
 * @param owner the role that owns the database
 * @param appRole the services' role, which is granted what it needs
 * @param lockAttemptsMax seconds to wait for another instance that migrates
 */
public record MigrationConfig(
        String host,
        int port,
        String database,
        String owner,
        String password,
        String appRole,
        int lockAttemptsMax,
        Duration connectMax) {
    public static MigrationConfig fromEnv(Environment env) {
        return new MigrationConfig(
                env.text("DOORBUSTER_DB_HOST", "localhost"),
                env.integer("DOORBUSTER_DB_PORT", 5432, 1, 65535),
                env.text("DOORBUSTER_DB_NAME", "doorbuster"),
                env.required("DOORBUSTER_DB_OWNER_USER"),
                env.required("DOORBUSTER_DB_OWNER_PASSWORD"),
                env.required("DOORBUSTER_DB_USER"),
                env.integer("DOORBUSTER_DB_MIGRATION_LOCK_ATTEMPTS_MAX", 60, 1, 3600),
                env.millis(
                        "DOORBUSTER_DB_CONNECT_TIMEOUT_MS",
                        Duration.ofSeconds(3),
                        Duration.ofMillis(50),
                        Duration.ofMinutes(5)));
    }

    /** Empty where no owner is given: then the schema is somebody else's job. */
    public static Optional<MigrationConfig> ifGiven(Environment env) {
        return env.optional("DOORBUSTER_DB_OWNER_USER").map(owner -> fromEnv(env));
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?connectTimeout="
                + Math.max(1, connectMax.toSeconds());
    }

    @Override
    public String toString() {
        return "postgresql://" + owner + ":***@" + host + ":" + port + "/" + database;
    }
}
