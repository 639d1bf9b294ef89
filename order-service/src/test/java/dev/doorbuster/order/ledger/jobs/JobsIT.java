package dev.doorbuster.order.ledger.jobs;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.RaffleLost;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.message.SaleRecount.Cause;
import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.TestStores;
import dev.doorbuster.order.catalogue.Reminders;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.waitingroom.Draw;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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

    private static JobsConfig eager(String salesPerRoundMax) {
        return Overrides.in(
                JobsConfig.fromEnv(new Environment(Map.of("DOORBUSTER_RECONCILE_INTERVAL_MS", "10"))),
                "clockInterval",
                "10",
                "askAgain",
                "50",
                "salesPerRoundMax",
                salesPerRoundMax);
    }

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        stores = TestStores.open(VERTX, servers);
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
        await(stores.redis().send(Request.cmd(Command.SET, RedisKeys.counter(sale), value)));
    }

    private SaleId copyOfTheSale() {
        SaleId copy = SaleId.random(new Random());
        await(owners.preparedQuery("INSERT INTO sales SELECT $2, title, price_cents, currency, stock, sold,"
                        + " per_buyer_limit, opens_at, closes_at, hold_seconds, counter, state, closed_at, epoch"
                        + " FROM sales WHERE id = $1")
                .execute(Tuple.of(sale.value(), copy.value())));
        return copy;
    }

    private Job reconciler() {
        return reconciler(EAGER);
    }

    private Job reconciler(JobsConfig config) {
        var counters = new CounterReader(stores.redis(), sale -> stores.memcached());
        var reader = new LedgerReader(new Statements(pool, database.config()));
        return await(Reconciler.start(VERTX, reader, counters, publisher, config, metrics));
    }

    private Job clock() {
        return await(
                SaleClock.start(VERTX, new LedgerReader(new Statements(pool, database.config())), publisher, EAGER));
    }

    @Test
    void requestsARecountOfAMissingCounter() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        // When
        Job reconciler = reconciler();
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
        Job reconciler = reconciler();
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
        Job reconciler = reconciler();
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
        Job reconciler = reconciler();
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
        Job reconciler = reconciler(eager("1"));
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
        Job clock = clock();
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
        Job clock = clock();
        // Then
        await().untilAsserted(
                        () -> assertThat(publisher.published(SaleClose.class)).isNotEmpty());
        assertThat(publisher.published(SaleOpen.class)).isEmpty();
        await(clock.stop());
    }

    @Test
    void placesTheOrdersOfAsManyFirstEntrantsAsUnitsAreLeftAgainUntilTheyAreDecided() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        await(owners.query(
                        "UPDATE sales SET raffle = true, draw_seed = repeat('5eed', 16), draw_commitment = repeat('c', 64)")
                .execute());
        await(owners.preparedQuery("INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id)"
                        + " SELECT $1, 'b' || n, md5(n::text), md5(n::text)::uuid FROM generate_series(1, 2500) AS n")
                .execute(Tuple.of(sale.value())));
        List<UUID> order =
                Draw.order(
                                "5eed".repeat(16),
                                IntStream.rangeClosed(1, 2500)
                                        .mapToObj(JobsIT::md5)
                                        .toList())
                        .stream()
                        .map(JobsIT::uuid)
                        .toList();

        // When
        Job drawer = drawer();
        Job another = drawer();

        // Then: 7 of 10 units are left.
        await().untilAsserted(() -> assertThat(placed()).hasSizeGreaterThan(30));
        assertThat(Set.copyOf(placed())).isEqualTo(Set.copyOf(order.subList(0, 7)));
        assertThat(placed().subList(0, 7)).isEqualTo(order.subList(0, 7));

        // When: the first 1,200 were decided, and one of their units has come back.
        await(drawer.stop());
        await(another.stop());
        publisher.clear();
        await(owners.preparedQuery(
                        "INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted,"
                                + " counted, per_buyer_limit, status, total_cents, placed_at, decided_at, hold_expires_at)"
                                + " SELECT order_id, sale_id, buyer, 1, 'raffle', order_id, true, true, 2, 'EXPIRED', 1, now(), now(),"
                                + " now() FROM raffle_entries WHERE position < 1200")
                .execute());
        await(owners.query("UPDATE sales SET sold = 9").execute());
        Job restarted = drawer();

        // Then
        await().untilAsserted(() -> assertThat(placed()).hasSizeGreaterThan(2));
        assertThat(placed()).containsOnly(order.get(1200));
        await(owners.query("UPDATE sales SET sold = 10").execute());
        await(restarted.stop());
        await(owners.query("DELETE FROM orders").execute());
    }

    @Test
    void offersTheUnitsOfARaffleWhoseFirstPageEndsWithWithdrawnEntries() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        await(owners.query(
                        "UPDATE sales SET raffle = true, draw_seed = repeat('5eed', 16), draw_commitment = repeat('c', 64)")
                .execute());
        await(owners.preparedQuery("INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id, withdrawn_at)"
                        + " SELECT $1, 'b' || n, md5(n::text), md5(n::text)::uuid, CASE WHEN n > 990 THEN now() END"
                        + " FROM generate_series(1, 1010) AS n")
                .execute(Tuple.of(sale.value())));

        // When
        Job drawer = drawer();

        // Then: 7 of 10 units are left.
        await().untilAsserted(() -> assertThat(placed()).hasSizeGreaterThanOrEqualTo(7));
        assertThat(Set.copyOf(placed())).hasSize(7);
        await(drawer.stop());
    }

    @Test
    void offersTheUnitsOfARaffleAlthoughAnotherOneFails() {
        // Given
        insert("redis", "OPEN", "now()", "NULL");
        SaleId failing = copyOfTheSale();
        await(owners.query(
                        "UPDATE sales SET raffle = true, draw_seed = repeat('5eed', 16), draw_commitment = repeat('c', 64)")
                .execute());
        await(owners.preparedQuery("UPDATE sales SET opens_at = now() - interval '1 hour' WHERE id = $1")
                .execute(Tuple.of(failing.value())));
        await(owners.query("INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id)"
                        + " SELECT id, 'b', md5(id), md5(id)::uuid FROM sales")
                .execute());
        publisher.fail(failing);

        // When
        Job drawer = drawer();

        // Then
        await().untilAsserted(() -> assertThat(placed()).isNotEmpty());
        await().untilAsserted(() -> assertThat(drawer.problem().orElse("")).contains(failing.value()));
        assertThat(publisher.salesOf(OrderPlaced.class)).containsOnly(sale);
        await(drawer.stop());
    }

    private List<UUID> placed() {
        return publisher.published(OrderPlaced.class).stream()
                .map(OrderPlaced::orderId)
                .toList();
    }

    private Job drawer() {
        return await(RaffleDrawer.start(
                VERTX,
                new LedgerReader(new Statements(pool, database.config())),
                new RaffleEntries(pool, database.config()),
                publisher,
                EAGER));
    }

    private static String md5(int number) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5")
                    .digest(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UUID uuid(String hex) {
        return new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    @Test
    void waitsForTheBrokerAndPublishesThen() {
        // Given
        insert("redis", "SCHEDULED", "now()", "NULL");
        publisher.open(false);
        Job clock = clock();
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
        var reminders = new Reminders(new Statements(pool, database.config()));
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
        Job clock = mails();
        await(clock.stop());
        assertThat(await(reminders.isWanted(sale, "alice"))).isTrue();

        // When: two instances find the broker back
        publisher.open(true);
        Job one = mails();
        Job other = mails();

        // Then
        await().untilAsserted(
                        () -> assertThat(await(reminders.isWanted(sale, "bob"))).isFalse());
        await(one.stop());
        await(other.stop());
        assertThat(publisher.published(ReminderDue.class))
                .extracting(ReminderDue::buyer)
                .containsExactlyInAnyOrder("alice", "bob");
        assertThat(await(reminders.isWanted(later, "alice"))).isTrue();

        // When: the sale is postponed after the reminder, and the buyer asks again
        await(owners.query("UPDATE sales SET opens_at = now() + interval '2 hours'")
                .execute());
        assertThat(await(reminders.want(sale, "bob"))).isTrue();

        // Then
        assertThat(await(reminders.isWanted(sale, "bob"))).isTrue();
    }

    @Test
    void tellsThoseWithoutAUnitOnceThatTheirRaffleIsOver() {
        // Given: one has won, one has withdrawn
        insert("redis", "CLOSED", "now() - interval '1 hour'", "NULL");
        await(owners.query("UPDATE sales SET raffle = true, draw_seed = repeat('5eed', 16),"
                        + " draw_commitment = repeat('c', 64)")
                .execute());
        await(owners.preparedQuery(
                        "INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id, position, withdrawn_at)"
                                + " SELECT $1, 'b' || n, md5(n::text), md5(n::text)::uuid, n, CASE WHEN n = 4 THEN now() END"
                                + " FROM generate_series(1, 4) AS n")
                .execute(Tuple.of(sale.value())));
        await(owners.query("INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted,"
                        + " counted, per_buyer_limit, status, total_cents, placed_at, decided_at, hold_expires_at)"
                        + " SELECT order_id, sale_id, buyer, 1, 'raffle', order_id, true, true, 2, 'EXPIRED', 1, now(), now(),"
                        + " now() FROM raffle_entries WHERE buyer = 'b1'")
                .execute());
        Job early = mails();
        await(early.stop());
        assertThat(publisher.published(RaffleLost.class))
                .as("an offer may still be decided")
                .isEmpty();

        await(owners.query("UPDATE sales SET closed_at = now() - interval '2 minutes'")
                .execute());
        Job waiting = mails();
        await().untilAsserted(
                        () -> assertThat(publisher.published(SaleMarker.class)).isNotEmpty());
        await(waiting.stop());
        assertThat(publisher.published(RaffleLost.class))
                .as("an offer may still wait before the marker")
                .isEmpty();

        // When: the ledger has handled the marker
        for (OrderNumbers noted : publisher.published(SaleMarker.class).get(0).decided()) {
            await(owners.preparedQuery("INSERT INTO decided_numbers VALUES ($1, $2, '{[1,1]}')")
                    .execute(Tuple.of(sale.value(), noted.stream())));
        }
        Job one = mails();
        Job other = mails();

        // Then
        await().untilAsserted(
                        () -> assertThat(await(owners.query("SELECT 1 FROM raffle_entries WHERE settled_at IS NULL")
                                                .execute())
                                        .size())
                                .isZero());
        await(one.stop());
        await(other.stop());
        assertThat(publisher.published(RaffleLost.class))
                .extracting(RaffleLost::buyer)
                .containsExactlyInAnyOrder("b2", "b3");
        await(owners.query("DELETE FROM orders").execute());
        await(owners.query("DELETE FROM decided_numbers").execute());
    }

    private Job mails() {
        return await(MailClock.start(VERTX, pool, database.config(), publisher, Duration.ofMillis(10)));
    }

    @Test
    void aBuyerWantsALimitedNumberOfReminders() {
        // Given
        var reminders = new Reminders(new Statements(pool, database.config()));
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
