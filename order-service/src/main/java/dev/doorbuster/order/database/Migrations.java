package dev.doorbuster.order.database;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import dev.doorbuster.runtime.start.ServerWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the schema to this version, as the database's owner; safe on several instances at once. Also the entry
 * point of a job that runs before the services; it waits for the database.
 */
public final class Migrations {
    /** Seconds to wait for another instance that migrates. */
    private static final int LOCK_ATTEMPTS_MAX = 60;

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

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
            return "jdbc:postgresql://" + owner.host() + ":" + owner.port() + "/" + owner.database()
                    + "?connectTimeout=" + Math.max(1, owner.connectMax().toSeconds());
        }
    }

    private Migrations() {}

    public static Future<Void> apply(Vertx vertx, MigrationConfig config) {
        return vertx.executeBlocking(
                () -> {
                    apply(config);
                    return null;
                },
                false);
    }

    static void apply(MigrationConfig config) {
        try {
            MigrateResult result = flyway(config).migrate();
            String version =
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
            LOG.info("{} migrations applied; the schema's version is {}", result.migrationsExecuted, version);
        } catch (FlywayException e) {
            throw new IllegalStateException(oneLine(e.getMessage()), e);
        }
    }

    private static Flyway flyway(MigrationConfig config) {
        return Flyway.configure()
                .dataSource(
                        config.jdbcUrl(), config.owner().user(), config.owner().password())
                .locations("classpath:db/migration")
                .placeholders(Map.of("appRole", config.appRole()))
                .lockRetryCount(LOCK_ATTEMPTS_MAX)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .load();
    }

    private static String oneLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Migrates as configured by the environment; throws {@link IllegalStateException} on failure. */
    public static void run(Map<String, String> environment, ServerWait database) {
        var env = new Environment(environment);
        MigrationConfig config = MigrationConfig.fromEnv(env);
        env.check();
        database.until(() -> apply(config));
    }

    public static void main(String[] arguments) {
        try {
            run(System.getenv(), ServerWait.STANDARD);
        } catch (ConfigException | IllegalStateException e) {
            LOG.error("not migrated: {}", e.getMessage());
            System.exit(1);
        }
    }
}
