package dev.doorbuster.order.ledger.read;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.TestStores;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.jobs.Job;
import dev.doorbuster.order.ledger.jobs.JobsConfig;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uses a copy of the schema without a constraint, so that tests can insert violations. */
class SaleMetricsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, REDIS, MEMCACHED);

    private static final Vertx VERTX = Vertx.vertx();
    private static final JobsConfig EAGER = Overrides.in(
            JobsConfig.fromEnv(new Environment(Map.of())), "metricsSalesMax", "2", "metricsInterval", "10");
    private static TestDatabase database;
    private static TestStores stores;
    private static Pool owners;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Job saleMetrics;

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        stores = TestStores.open(VERTX, servers);
        owners = database.ownersPool();
        await(owners.query("ALTER TABLE sales DROP CONSTRAINT sales_never_oversold")
                .execute());
    }

    @AfterAll
    static void close() {
        stores.close();
        await(VERTX.close());
    }

    @BeforeEach
    void start() {
        var counters = new CounterReader(stores.redis(), sale -> stores.memcached());
        var reader = new LedgerReader(new Statements(database.pool(), database.config()));
        saleMetrics = await(SaleMetrics.start(VERTX, reader, database.wholeSales(), counters, EAGER, metrics));
    }

    @AfterEach
    void stop() {
        await(saleMetrics.stop());
        await(owners.query("DELETE FROM orders; DELETE FROM sales").execute());
    }

    private static SaleId sale(long stock, long sold, int openedHoursAgo) {
        SaleId sale = SaleId.random(new Random());
        await(owners.preparedQuery("INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit,"
                        + " opens_at, hold_seconds, counter, state, epoch)"
                        + " VALUES ($1, 'a lamp', 1999, 'EUR', $2, $3, 2, now() - $4 * interval '1 hour', 300, 'redis',"
                        + " 'OPEN', 1)")
                .execute(Tuple.of(sale.value(), stock, sold, openedHoursAgo)));
        return sale;
    }

    private static void order(SaleId sale, int quantity, String status) {
        UUID id = UUID.randomUUID();
        await(owners.preparedQuery("INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id,"
                        + " accepted, counted, per_buyer_limit, status, total_cents, placed_at, decided_at,"
                        + " hold_expires_at) VALUES ($1, $2, 'alice', $3, $1::text, $1, true, true, 2, $4, 0, now(),"
                        + " now(), now())")
                .execute(Tuple.of(id, sale.value(), quantity, status)));
    }

    private static void counter(SaleId sale, String value) {
        await(stores.redis().send(Request.cmd(Command.SET, RedisKeys.counter(sale), value)));
    }

    /** The gauges of a sale, by the last word of their names. */
    private Map<String, Long> shown(SaleId sale) {
        return metrics.getMeters().stream()
                .filter(meter -> sale.value().equals(meter.getId().getTag("sale")))
                .collect(toMap(
                        meter -> meter.getId().getName().replace("doorbuster.sale.", ""),
                        meter -> Math.round(((Gauge) meter).value())));
    }

    @Test
    void showsWhereTheUnitsOfASaleAre() {
        // Given
        SaleId sale = sale(10, 5, 0);
        order(sale, 2, "RESERVED");
        order(sale, 3, "PAID");
        order(sale, 1, "EXPIRED");
        await(owners.query("UPDATE sales SET paid = 3").execute());

        // When
        counter(sale, "1:4");

        // Then
        await().untilAsserted(() -> assertThat(shown(sale))
                .isEqualTo(Map.of(
                        "stock",
                        10L,
                        "sold",
                        5L,
                        "held",
                        2L,
                        "paid",
                        3L,
                        "available",
                        4L,
                        "drift",
                        1L,
                        "oversold",
                        0L,
                        "mismatch",
                        0L)));
    }

    @Test
    void seesUnitsThatAreSoldTwiceAndRowsThatDisagree() {
        // Given
        SaleId sale = sale(3, 3, 0);

        // When
        order(sale, 3, "RESERVED");
        order(sale, 1, "PAID");

        // Then
        await().untilAsserted(() ->
                assertThat(shown(sale)).containsEntry("oversold", 1L).containsEntry("mismatch", 1L));
    }

    @Test
    void ignoresAMissingCounter() {
        // Given
        SaleId sale = sale(3, 0, 0);
        counter(sale, "1:3");
        await().untilAsserted(() -> assertThat(shown(sale)).containsKeys("available", "drift"));

        // When
        await(stores.redis().send(Request.cmd(Command.DEL).arg(RedisKeys.counter(sale))));

        // Then
        await().untilAsserted(() ->
                assertThat(shown(sale)).containsOnlyKeys("stock", "sold", "held", "paid", "oversold", "mismatch"));
    }

    @Test
    void onlyTheSalesThatOpenedLastHaveFiguresOfTheirOwn() {
        // Given
        SaleId oldest = sale(3, 0, 2);
        SaleId older = sale(3, 0, 1);
        await().untilAsserted(() -> assertThat(shown(oldest)).isNotEmpty());

        // When
        SaleId newest = sale(3, 0, 0);

        // Then
        await().untilAsserted(() -> {
            assertThat(shown(newest)).isNotEmpty();
            assertThat(shown(older)).isNotEmpty();
            assertThat(shown(oldest)).isEmpty();
        });
    }
}
