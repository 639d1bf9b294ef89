package dev.doorbuster.order.ledger.jobs;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.message.SaleRecount.Cause;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.TestStores;
import dev.doorbuster.order.catalogue.Reminders;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.config.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jobs on real servers; each test has the database's sales for itself. */
class JobsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, REDIS, MEMCACHED);

    private static final Vertx VERTX = Vertx.vertx();
    private static final JobsConfig EAGER = eager("1000");
    private static TestDatabase database;
    private static TestStores stores;
    private static Pool owners;
    private static Pool pool;

    private final RecordingPublisher publisher = new RecordingPublisher();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SaleId sale = SaleId.random(new Random());

    private static JobsConfig eager(String salesMax) {
        return Overrides.in(
                JobsConfig.fromEnv(new Environment(Map.of("DOORBUSTER_RECONCILE_INTERVAL_MS", "10"))),
                "clockInterval",
                "10",
                "askAgain",
                "50",
                "salesMax",
                salesMax);
    }

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        stores = TestStores.open(VERTX, servers.redis(), servers.memcached());
        owners = database.ownersPool();
        pool = database.pool();
    }

    @AfterAll
    static void close() {
        stores.close();
        await(VERTX.close());
    }

    @AfterEach
    void forget() {
        await(owners.query("DELETE FROM sales").execute());
    }

    private void insert(String counter, String state, String opensAt, String closesAt) {
        await(owners.preparedQuery("INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit,"
                        + " opens_at, closes_at, hold_seconds, counter, state, epoch, closed_at)"
                        + " VALUES ($1, 'a lamp', 1999, 'EUR', 10, 3, 2, " + opensAt + ", " + closesAt
                        + ", 300, $2, $3, 1, CASE WHEN $3 = 'CLOSED' THEN now() END)")
                .execute(Tuple.of(sale.value(), counter, state)));
    }

    private void counter(String value) {
        await(stores.redis()
                .send(Request.cmd(Command.SET).arg(RedisKeys.counter(sale)).arg(value)));
    }

    private SaleId copyOfTheSale() {
        SaleId copy = SaleId.random(new Random());
        await(owners.preparedQuery("INSERT INTO sales SELECT $2, title, price_cents, currency, stock, sold,"
                        + " per_buyer_limit, opens_at, closes_at, hold_seconds, counter, state, closed_at, epoch"
                        + " FROM sales WHERE id = $1")
                .execute(Tuple.of(sale.value(), copy.value())));
        return copy;
    }

    private Reconciler reconciler() {
        return reconciler(EAGER);
    }

    private Reconciler reconciler(JobsConfig config) {
        var counters = new CounterReader(stores.redis(), sale -> stores.memcached());
        var reader = new LedgerReader(pool, database.config());
        return await(Reconciler.start(VERTX, reader, counters, publisher, config, metrics));
    }

    private SaleClock clock() {
        return await(SaleClock.start(VERTX, new LedgerReader(pool, database.config()), publisher, EAGER));
    }

    @Test
    void requestsARecountOfAMissingCounter() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        // When
        Reconciler reconciler = reconciler();
        // Then
        await().untilAsserted(() ->
                assertThat(publisher.published(SaleRecount.class)).contains(new SaleRecount(Cause.RECONCILER_MISSING)));
        await().untilAsserted(() -> assertThat(
                        metrics.get("doorbuster.counters.missing").gauge().value())
                .isEqualTo(1));
        await(reconciler.stop());
    }

    @Test
    void requestsARecountWhenTheDriftPersists() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        counter("1:5");
        // When
        Reconciler reconciler = reconciler();
        // Then
        await().untilAsserted(() ->
                assertThat(publisher.published(SaleRecount.class)).contains(new SaleRecount(Cause.RECONCILER_GAP)));
        assertThat(metrics.get("doorbuster.counters.drift").gauge().value()).isEqualTo(2);
        await(reconciler.stop());
    }

    @Test
    void comparesALatelyClosedSaleInMemcached() {
        // Given
        insert("memcached", "CLOSED", "now()", "NULL");
        await(stores.memcached().set(MemcachedKeys.counter(sale), "1:8", Duration.ZERO));
        // When
        Reconciler reconciler = reconciler();
        // Then
        await().untilAsserted(() ->
                assertThat(publisher.published(SaleRecount.class)).contains(new SaleRecount(Cause.RECONCILER_GAP)));
        await(reconciler.stop());
    }

    @Test
    void leavesARightCounterAlone() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        counter("1:7");
        SaleId wrong = copyOfTheSale();
        // When
        Reconciler reconciler = reconciler();
        // Then
        await().untilAsserted(
                        () -> assertThat(publisher.published(SaleRecount.class)).hasSizeGreaterThan(2));
        assertThat(publisher.salesOf(SaleRecount.class)).containsOnly(wrong);
        await(reconciler.stop());
    }

    @Test
    void looksAtEverySaleInTurnWhereARoundDoesNotTakeThemAll() {
        // Given
        insert("redis", "OPEN", "now() - interval '1 hour'", "NULL");
        counter("1:5");
        SaleId second = copyOfTheSale();
        SaleId third = copyOfTheSale();
        // When
        Reconciler reconciler = reconciler(eager("1"));
        // Then
        await().untilAsserted(
                        () -> assertThat(publisher.salesOf(SaleRecount.class)).contains(sale, second, third));
        await().untilAsserted(() -> assertThat(publisher.published(SaleRecount.class))
                .contains(new SaleRecount(Cause.RECONCILER_GAP), new SaleRecount(Cause.RECONCILER_MISSING)));
        await().untilAsserted(() -> assertThat(
                        metrics.get("doorbuster.counters.missing").gauge().value())
                .isEqualTo(2));
        assertThat(metrics.get("doorbuster.counters.drift").gauge().value()).isEqualTo(2);
        await(reconciler.stop());
    }

    @Test
    void requestsTheOpeningOfADueSaleUntilItIsOpen() {
        // Given
        insert("redis", "SCHEDULED", "now()", "now() + interval '1 hour'");
        // When
        SaleClock clock = clock();
        // Then
        await().untilAsserted(
                        () -> assertThat(publisher.published(SaleOpen.class)).hasSizeGreaterThan(1));
        await(owners.query("UPDATE sales SET state = 'OPEN'").execute());
        await(clock.stop());
        assertThat(publisher.published(SaleClose.class)).isEmpty();
    }

    @Test
    void requestsTheCloseOfAnEndedSaleOpenedOrNot() {
        // Given
        insert("redis", "SCHEDULED", "now() - interval '2 seconds'", "now() - interval '1 second'");
        // When
        SaleClock clock = clock();
        // Then
        await().untilAsserted(
                        () -> assertThat(publisher.published(SaleClose.class)).isNotEmpty());
        assertThat(publisher.published(SaleOpen.class)).isEmpty();
        await(clock.stop());
    }

    @Test
    void waitsForTheBrokerAndPublishesThen() {
        // Given
        insert("redis", "SCHEDULED", "now()", "NULL");
        publisher.open(false);
        SaleClock clock = clock();
        await().untilAsserted(() -> assertThat(clock.problem()).isPresent());
        // When
        publisher.open(true);
        // Then
        await().untilAsserted(
                        () -> assertThat(publisher.published(SaleOpen.class)).isNotEmpty());
        await().untilAsserted(() -> assertThat(clock.problem()).isEmpty());
        await(clock.stop());
    }

    @Test
    void publishesAReminderOnceAfterTheBrokerWasAway() {
        // Given
        var reminders = new Reminders(pool, database.config());
        insert("redis", "SCHEDULED", "now() + interval '9 minutes'", "NULL");
        SaleId later = copyOfTheSale();
        await(owners.preparedQuery("UPDATE sales SET opens_at = now() + interval '2 hours' WHERE id = $1")
                .execute(Tuple.of(later.value())));
        for (String buyer : List.of("alice", "bob", "carol")) {
            assertThat(await(reminders.want(sale, buyer))).isTrue();
            assertThat(await(reminders.want(sale, buyer))).isTrue();
        }
        assertThat(await(reminders.want(later, "alice"))).isTrue();
        await(reminders.cancel(sale, "carol"));
        publisher.open(false);
        ReminderClock clock = remind();
        await(clock.stop());
        assertThat(await(reminders.isWanted(sale, "alice"))).isTrue();

        // When: two instances find the broker back
        publisher.open(true);
        ReminderClock one = remind();
        ReminderClock other = remind();

        // Then
        await().untilAsserted(
                        () -> assertThat(await(reminders.isWanted(sale, "bob"))).isFalse());
        await(one.stop());
        await(other.stop());
        assertThat(publisher.published(ReminderDue.class))
                .extracting(ReminderDue::buyer)
                .containsExactlyInAnyOrder("alice", "bob");
        assertThat(await(reminders.isWanted(later, "alice"))).isTrue();
    }

    private ReminderClock remind() {
        return await(ReminderClock.start(VERTX, pool, database.config(), publisher, Duration.ofMillis(10)));
    }

    @Test
    void aBuyerWantsALimitedNumberOfReminders() {
        // Given
        var reminders = new Reminders(pool, database.config());
        insert("redis", "SCHEDULED", "now() + interval '1 hour'", "NULL");
        List<SaleId> many = IntStream.range(0, Reminders.OF_BUYER_MAX)
                .mapToObj(i -> copyOfTheSale())
                .toList();
        many.forEach(each -> assertThat(await(reminders.want(each, "alice"))).isTrue());

        // When, Then
        assertThat(await(reminders.want(sale, "alice"))).isFalse();
        assertThat(await(reminders.want(sale, "bob"))).isTrue();
        assertThat(await(reminders.want(many.get(0), "alice"))).isTrue();

        // a sale that has opened does not count
        await(owners.preparedQuery("UPDATE sales SET state = 'OPEN' WHERE id = $1")
                .execute(Tuple.of(many.get(0).value())));
        assertThat(await(reminders.want(sale, "alice"))).isTrue();
    }
}
