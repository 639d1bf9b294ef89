package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to this version, as the owner of the database; several instances may do so at once. Also a program
 * of its own, for where migrating is a job before the services start.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

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
        var result = Flyway.configure()
                .dataSource(config.jdbcUrl(), config.owner(), config.password())
                .locations("classpath:db/migration")
                .placeholders(Map.of("appRole", config.appRole()))
                .lockRetryCount(config.lockAttemptsMax())
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .load()
                .migrate();
        LOG.info(
                "{} migrations applied; the schema's version is {}",
                result.migrationsExecuted,
                result.targetSchemaVersion);
    }

    public static void main(String[] arguments) {
        try {
            var env = new Environment(System.getenv());
            MigrationConfig config = MigrationConfig.fromEnv(env);
            env.check();
            apply(config);
        } catch (ConfigException | FlywayException e) {
            LOG.error("not migrated: {}", e.getMessage());
            System.exit(1);
        }
    }
}
