package dev.doorbuster.systemtests.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.support.Credentials;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statements that CloudNativePG runs in a new database grant access to the required roles only. */
class DatabaseIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.POSTGRES);

    /** Other names than in the manifest: other tests on this server use those. */
    private static final String DATABASE = "as_in_kubernetes";

    private static final String APP = "app_in_kubernetes";
    private static final String FIGURES = "figures_in_kubernetes";
    private static final String STRANGER = "stranger_in_kubernetes";
    private static final String PASSWORD = "password-in-kubernetes";
    private static final int TIMEOUT_SECONDS = 30;

    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void makeTheDatabase() throws Exception {
        JsonNode initdb = Overlay.PRODUCTION.get("Cluster", "postgres").at("/spec/bootstrap/initdb");
        Credentials admin = servers.postgres().admin();
        ask(
                "postgres",
                admin,
                "CREATE DATABASE " + DATABASE + " OWNER "
                        + servers.postgres().owner().user());
        for (JsonNode statement : initdb.get("postInitApplicationSQL")) {
            String here = statement
                    .asText()
                    .replaceAll("\\bDATABASE " + initdb.get("database").asText() + "\\b", "DATABASE " + DATABASE)
                    .replaceAll("\\bdoorbuster_app\\b", APP);
            ask(DATABASE, admin, here);
        }
        for (String role : List.of(
                // The operator creates the roles after the statements, in this way.
                "ALTER ROLE " + APP,
                "CREATE ROLE " + FIGURES + " IN ROLE pg_monitor LOGIN",
                "CREATE ROLE " + STRANGER + " LOGIN")) {
            ask(DATABASE, admin, role + " PASSWORD '" + PASSWORD + "'");
        }
    }

    @AfterAll
    static void close() throws Exception {
        get(VERTX.close());
    }

    @Test
    void theOperatorReadsItsFigures() throws Exception {
        assertThat(ask(DATABASE, as(FIGURES), "SELECT count(*) FROM pg_stat_replication")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void theOwnerMakesTablesAndTheServicesRoleDoesNot() throws Exception {
        ask(DATABASE, servers.postgres().owner(), "CREATE TABLE sales (id text)");
        ask(DATABASE, servers.postgres().owner(), "GRANT SELECT ON sales TO " + APP);

        assertThat(ask(DATABASE, as(APP), "SELECT id FROM sales").size()).isZero();
        refused("permission denied for schema public", () -> ask(DATABASE, as(APP), "CREATE TABLE mine (id text)"));
    }

    @Test
    void otherRolesHaveNoAccess() {
        refused("permission denied for database", () -> ask(DATABASE, as(STRANGER), "SELECT 1"));
    }

    private static void refused(String message, ThrowingCallable question) {
        assertThatThrownBy(question).cause().isInstanceOfSatisfying(PgException.class, e -> {
            assertThat(e.getSqlState()).isEqualTo("42501");
            assertThat(e.getErrorMessage()).startsWith(message);
        });
    }

    private static Credentials as(String role) {
        return new Credentials(role, PASSWORD);
    }

    @CanIgnoreReturnValue
    private static RowSet<?> ask(String database, Credentials as, String sql) throws Exception {
        var options = new PgConnectOptions()
                .setHost(servers.postgres().host())
                .setPort(servers.postgres().port())
                .setDatabase(database)
                .setUser(as.user())
                .setPassword(as.password());
        PgConnection connection = get(PgConnection.connect(VERTX, options));
        try {
            return get(connection.query(sql).execute());
        } finally {
            get(connection.close());
        }
    }

    private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
