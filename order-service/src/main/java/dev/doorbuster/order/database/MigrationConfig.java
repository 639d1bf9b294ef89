package dev.doorbuster.order.database;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import java.util.Optional;

/**
 * Settings of schema migrations.
 *
 * @param owner connection as the role that owns the database
 * @param appRole the services' role, which is granted its rights
 * @param lockAttemptsMax seconds to wait for another instance that migrates
 */
public record MigrationConfig(PostgresConfig owner, String appRole, int lockAttemptsMax) {
    private static final int MIGRATION_LOCK_ATTEMPTS_MAX = 60;

    public static MigrationConfig fromEnv(Environment env) {
        return new MigrationConfig(
                PostgresConfig.ofOwnerFromEnv(env), env.required("DOORBUSTER_DB_USER"), MIGRATION_LOCK_ATTEMPTS_MAX);
    }

    /** Empty without an owner: then the schema is migrated elsewhere. */
    public static Optional<MigrationConfig> ifGiven(Environment env) {
        return env.optional("DOORBUSTER_DB_OWNER_USER").map(owner -> fromEnv(env));
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + owner.host() + ":" + owner.port() + "/" + owner.database() + "?connectTimeout="
                + Math.max(1, owner.connectMax().toSeconds());
    }
}
