package dev.doorbuster.order;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Migrations;
import dev.doorbuster.order.database.Migrations.MigrationConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A migrated database of its own for a test class. */
public final class TestDatabase {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /** A migrated database of each server, which is copied. */
    private static final Map<PostgresServer, TestDatabase> MIGRATED = new ConcurrentHashMap<>();

    private final Vertx vertx;
    private final PostgresServer server;
    private final Map<String, String> environment = new HashMap<>();

    private TestDatabase(Vertx vertx, PostgresServer server, String name) {
        this.vertx = vertx;
        this.server = server;
        environment.putAll(server.variables());
        environment.put("DOORBUSTER_DB_NAME", name);
    }

    /** A new, empty database. */
    public static TestDatabase empty(Vertx vertx, PostgresServer server) {
        String name = newName();
        server.createDatabase(name);
        return new TestDatabase(vertx, server, name);
    }

    public static TestDatabase migrated(Vertx vertx, PostgresServer server) {
        TestDatabase original = MIGRATED.computeIfAbsent(server, unknown -> {
            TestDatabase database = empty(vertx, server);
            await(Migrations.apply(vertx, database.migration()));
            return database;
        });
        String name = newName();
        server.copyDatabase(original.environment.get("DOORBUSTER_DB_NAME"), name);
        return new TestDatabase(vertx, server, name);
    }

    private static String newName() {
        return "t" + UUID.randomUUID().toString().replace('-', '_');
    }

    /** The variables that configure a service for this database. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public MigrationConfig migration() {
        return MigrationConfig.fromEnv(new Environment(environment));
    }

    public DatabaseConfig config() {
        return DatabaseConfig.fromEnv(new Environment(environment));
    }

    /** The configuration with some limits in milliseconds: name of the component, value, and so on. */
    public DatabaseConfig config(String... limits) {
        return Overrides.in(config(), limits);
    }

    /** Connects as the services do. */
    public Pool pool() {
        return OrderDatabase.pool(vertx, config(), "test");
    }

    /** Reads whole sales as the services do. */
    public WholeSaleReader wholeSales() {
        return wholeSales(config());
    }

    public WholeSaleReader wholeSales(DatabaseConfig config) {
        DatabaseConfig patient = config.forWholeSales();
        return new WholeSaleReader(new Statements(OrderDatabase.pool(vertx, patient, "test"), patient));
    }

    /** Connects as the owner of the schema, with all rights. */
    public Pool ownersPool() {
        return OrderDatabase.pool(vertx, owner(), "test-owner");
    }

    /** Connects as the owner, with long timeouts for bulk statements. */
    public Pool patientOwnersPool() {
        String max = Long.toString(ANSWER_MAX.toMillis());
        return OrderDatabase.pool(vertx, Overrides.in(owner(), "statementMax", max, "answerMax", max), "test-owner");
    }

    private DatabaseConfig owner() {
        var variables = new HashMap<>(environment);
        variables.put("DOORBUSTER_DB_USER", server.owner().user());
        variables.put("DOORBUSTER_DB_PASSWORD", server.owner().password());
        return DatabaseConfig.fromEnv(new Environment(variables));
    }

    /** Returns the result, or throws the original failure. */
    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
