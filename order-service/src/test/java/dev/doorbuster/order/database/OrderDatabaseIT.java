package dev.doorbuster.order.database;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderDatabaseIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    /** Kept, because Vert.x closes a client that is garbage-collected. */
    private static final NetClient CLIENT = VERTX.createNetClient();

    /** Connections that the relay refuses before it forwards any. */
    private final AtomicInteger refusals = new AtomicInteger();

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    /** Containers start side by side, and a starved machine may need longer than one connect timeout. */
    @Test
    void aStartingServiceWaitsForItsDatabase() {
        // Given
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        NetServer relay =
                await(VERTX.createNetServer().connectHandler(this::relay).listen(0, "127.0.0.1"));
        Pool pool = OrderDatabase.pool(
                VERTX,
                Overrides.in(database.config(), "server.port", Integer.toString(relay.actualPort())),
                "starting");
        refusals.set(2);

        // When
        Catalogue catalogue = await(Catalogue.open(VERTX, pool, CatalogueConfig.defaults()));

        // Then
        assertThat(refusals).hasValue(0);
        await(catalogue.close());
        await(pool.close());
        await(relay.close());
    }

    @Test
    void aStartingServiceDoesNotWaitForADatabaseThatRefusesIt() {
        TestDatabase database = TestDatabase.empty(VERTX, servers.postgres());
        var environment = new HashMap<>(database.environment());
        environment.put("DOORBUSTER_DB_PASSWORD", "wrong");
        Pool pool = OrderDatabase.pool(VERTX, DatabaseConfig.fromEnv(new Environment(environment)), "refused");

        assertThatThrownBy(() -> await(Postgres.reached(VERTX, pool))).hasMessageContaining("password");
        await(pool.close());
    }

    /** The pool's own queries have a timer that they do not cancel if connecting fails, and that fails when it fires. */
    @Test
    void aStatementThatFindsNoDatabaseLeavesNoTimer() {
        // Given
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        var config = Overrides.in(
                database.config(), "server.port", Integer.toString(Ports.free()), "server.connectMax", "200");
        var unhandled = new ConcurrentLinkedQueue<Throwable>();
        Vertx vertx = Vertx.vertx().exceptionHandler(unhandled::add);
        var statements = new Statements(OrderDatabase.pool(vertx, config, "away"), config);

        // When
        Future<Boolean> asked = statements.exists("SELECT 1", Tuple.tuple());
        Future<Boolean> changed = statements.change("SELECT 1", Tuple.tuple());

        // Then
        assertThatThrownBy(() -> await(asked)).hasMessageContaining("refused");
        assertThatThrownBy(() -> await(changed)).hasMessageContaining("refused");
        await(vertx.timer(2 * config.server().connectMax().toMillis()));
        assertThat(unhandled).isEmpty();
        await(vertx.close());
    }

    private void relay(NetSocket client) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            client.close().onFailure(gone -> {});
            return;
        }
        client.pause();
        Future<NetSocket> connected =
                CLIENT.connect(servers.postgres().port(), servers.postgres().host());
        connected.onSuccess(server -> {
            client.handler(bytes -> server.write(bytes).onFailure(gone -> {}));
            server.handler(bytes -> client.write(bytes).onFailure(gone -> {}));
            client.resume();
        });
    }
}
