package dev.doorbuster.order.database;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import java.util.Optional;

/**
 * Settings of schema migrations.
 *
 * @param owner connection as the role that owns the database
 * @param appRole the services' role, which is granted its rights
 */
public record MigrationConfig(PostgresConfig owner, String appRole) {

    public static MigrationConfig fromEnv(Environment env) {
        return new MigrationConfig(PostgresConfig.ofOwnerFromEnv(env), env.required("DOORBUSTER_DB_USER"));
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
