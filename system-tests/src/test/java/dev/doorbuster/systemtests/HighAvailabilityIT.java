package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.store.MemcachedStores;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Redis' master, PostgreSQL's primary, the broker that leads the queues, and the Memcached with the sale are killed
 * at the same time in the middle of the sale.
 */
class HighAvailabilityIT {
    private static final Duration FAILOVER_MAX = Duration.ofSeconds(60);
    private static RunningSystem system;
    private static TestSales sales;

    @BeforeAll
    static void start() {
        system = TestSystem.start("high-availability", new SystemPlan(1, 1, 1, false, SystemPlan.Topology.HA));
        sales = new TestSales(system);
    }

    @AfterAll
    static void stop() {
        sales.close();
        system.discard();
    }

    @ParameterizedTest(name = "counted in {0}")
    @ValueSource(strings = {"redis", "memcached"})
    void sellsEveryUnitOnceWhileAllLeadersAreKilled(String counter) throws Exception {
        // Given
        var plan = new TestSales.Plan(counter, 300, 3000, 300);

        // When
        TestSales.Result result = sales.sell(plan, HighAvailabilityIT::killAllLeaders);

        // Then
        assertThat(result.report().isClean()).as(result.report().describe(5)).isTrue();
        assertThat(result.verification().verdict())
                .as(result.verification().json().toString())
                .isEqualTo("PASS");
        assertThat(result.verification().number("sold")).isEqualTo(plan.stock());
    }

    /** A server with a replica is restarted only after the failover. */
    private static void killAllLeaders(String sale) {
        List<ServerGroup> followed = Stream.of(ServerKind.REDIS, ServerKind.POSTGRES, ServerKind.RABBITMQ)
                .map(system.servers()::group)
                .toList();
        List<RealServer> leaders = followed.stream().map(ServerGroup::leader).toList();
        RealServer counting = memcachedOf(sale);
        long began = System.nanoTime();
        leaders.forEach(RealServer::kill);
        counting.kill();
        counting.restart();
        for (int i = 0; i < leaders.size(); i++) {
            ServerGroup group = followed.get(i);
            RealServer killed = leaders.get(i);
            await().atMost(FAILOVER_MAX).until(() -> group.leader() != killed);
            System.out.printf(
                    "failover: %s instead of %s after at most %d ms%n",
                    group.leader(), killed, (System.nanoTime() - began) / 1_000_000);
        }
        leaders.forEach(RealServer::restart);
    }

    private static MemcachedServer memcachedOf(String sale) {
        List<MemcachedServer> servers = system.servers().group(ServerKind.MEMCACHED).nodes().stream()
                .map(MemcachedServer.class::cast)
                .toList();
        Endpoint pinned = MemcachedStores.serverOf(
                MemcachedKeys.counter(new SaleId(sale)),
                servers.stream()
                        .map(each -> new Endpoint(each.host(), each.port(), each.weight()))
                        .toList());
        return servers.stream()
                .filter(each -> each.port() == pinned.port())
                .findFirst()
                .orElseThrow();
    }
}
