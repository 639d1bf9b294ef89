package dev.doorbuster.order.database;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Duration IDLE_MAX = Duration.ofSeconds(30);
    /** Message "Terminate" of the protocol: type X, length 4. */
    private static final Buffer TERMINATE = Buffer.buffer(new byte[] {'X', 0, 0, 0, 4});

    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicReference<Buffer> lastSent = new AtomicReference<>();

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    /** The limit of its socket ends it; the server need not have closed it yet. */
    @Test
    void aPoolHandsOutNoConnectionThatEndsForItsIdleTime() {
        // Given
        TestDatabase database = TestDatabase.empty(VERTX, servers.postgres());
        NetServer relay =
                await(VERTX.createNetServer().connectHandler(this::relay).listen(0, "127.0.0.1"));
        DatabaseConfig config = Overrides.in(
                database.config(), "answerMax", "1000", "server.port", Integer.toString(relay.actualPort()));
        Pool pool = Database.pool(VERTX, config, "idle");

        await(pool.query("SELECT 1").execute());

        // When
        Awaitility.await().atMost(IDLE_MAX).until(() -> TERMINATE.equals(lastSent.get()));

        // Then
        assertThat(await(pool.query("SELECT 2").execute())).hasSize(1);
        await(pool.close());
        await(relay.close());
    }

    private void relay(NetSocket client) {
        client.pause();
        Future<NetSocket> connected = VERTX.createNetClient()
                .connect(servers.postgres().port(), servers.postgres().host());
        connected.onSuccess(server -> {
            client.handler(bytes -> {
                lastSent.set(bytes);
                if (!bytes.equals(TERMINATE)) {
                    server.write(bytes).onFailure(gone -> {});
                }
            });
            server.handler(bytes -> client.write(bytes).onFailure(gone -> {}));
            client.resume();
        });
    }
}
