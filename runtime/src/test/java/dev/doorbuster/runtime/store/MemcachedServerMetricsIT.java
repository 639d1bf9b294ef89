package dev.doorbuster.runtime.store;

import static dev.doorbuster.runtime.store.Calls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemcachedServerMetricsIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.MEMCACHED);

    /** Stats are read periodically. */
    private static final Duration READ_MAX = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private MemcachedStores stores;
    private MemcachedServerMetrics figures;

    @BeforeEach
    void start() {
        stores = answer(MemcachedStores.start(
                vertx,
                Overrides.in(
                        MemcachedConfig.fromEnv(new Environment(SERVERS.variables())),
                        "commandMax",
                        "20000",
                        "healInterval",
                        "50")));
        figures = MemcachedServerMetrics.start(vertx, stores, registry);
    }

    @AfterEach
    void close() {
        figures.stop();
        answer(stores.close());
        answer(vertx.close());
    }

    private double gauge(String name) {
        return registry.get(name)
                .tag("server", "127.0.0.1:" + SERVERS.memcached().port())
                .gauge()
                .value();
    }

    private double count(String name, String result) {
        return registry.get(name).tag("result", result).functionCounter().count();
    }

    @Test
    void exportsTheServersStats() {
        // Given
        MemcachedStore store = stores.pinned("any");
        answer(store.set("there", "a text", Duration.ZERO));

        // When
        answer(store.get("there"));
        answer(store.get("not-there"));

        // Then
        await().atMost(READ_MAX).untilAsserted(() -> {
            assertThat(count("doorbuster.memcached.gets", "hit")).isGreaterThanOrEqualTo(1);
            assertThat(count("doorbuster.memcached.gets", "miss")).isGreaterThanOrEqualTo(1);
            assertThat(gauge("doorbuster.memcached.items")).isEqualTo(1);
        });
        assertThat(gauge("doorbuster.memcached.up")).isEqualTo(1);
        assertThat(gauge("doorbuster.memcached.used")).isPositive().isLessThan(gauge("doorbuster.memcached.limit"));
        assertThat(gauge("doorbuster.memcached.connections")).isPositive();
    }

    @Test
    void exportsThatAServerIsDown() {
        // Given
        await().atMost(READ_MAX).until(() -> gauge("doorbuster.memcached.up") == 1);

        // When
        SERVERS.memcached().kill();

        // Then
        await().atMost(READ_MAX).until(() -> gauge("doorbuster.memcached.up") == 0);
        SERVERS.memcached().restart();
        await().atMost(READ_MAX).until(() -> gauge("doorbuster.memcached.up") == 1);
    }
}
