package dev.doorbuster.order.ledger.jobs;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent.OrderExpired;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.ledger.Ledger;
import dev.doorbuster.order.ledger.read.SaleSums;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Expired holds on a real database; the test controls how the ledger responds. */
class HoldSweeperIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static final String NEVER = "3600000";
    private static TestDatabase database;
    private static Pool pool;
    private static Pool owners;

    private final SaleId sale = SaleId.random(new Random());
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final RecordingPublisher ledgers = new RecordingPublisher();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<HoldSweeper> sweepers = new ArrayList<>();

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        pool = database.pool();
        owners = database.ownersPool();
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @AfterEach
    void forget() {
        sweepers.forEach(sweeper -> await(sweeper.stop()));
        await(owners.query("TRUNCATE sales, sale_changes, orders, payments, recounts CASCADE")
                .execute());
    }

    private HoldSweeper sweeper(String graceMs, String askAgainMs) {
        SweepConfig config = Overrides.in(
                SweepConfig.fromEnv(new Environment(Map.of("DOORBUSTER_HOLD_GRACE_MS", graceMs))),
                "interval",
                "20",
                "askAgain",
                askAgainMs,
                "holdsMax",
                "1000");
        HoldSweeper sweeper = await(HoldSweeper.start(VERTX, database.config(), publisher, config, metrics));
        sweepers.add(sweeper);
        return sweeper;
    }

    /** Holds of one unit each that expire then, in a closed sale. */
    private void hold(int holds, String endsAt) {
        await(owners.preparedQuery("INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit,"
                        + " opens_at, hold_seconds, counter, state, closed_at, epoch)"
                        + " VALUES ($1, 'a lamp', 1999, 'EUR', $2, $2, 1, now(), 300, 'redis', 'CLOSED', now(), 1)")
                .execute(Tuple.of(sale.value(), (long) holds)));
        await(owners.preparedQuery("INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id,"
                        + " accepted, counted, per_buyer_limit, status, total_cents, placed_at, decided_at,"
                        + " hold_expires_at) SELECT gen_random_uuid(), $1, 'b' || n, 1, 'k', gen_random_uuid(), true,"
                        + " true, 1, 'RESERVED', 1999, now(), now(), " + endsAt + " FROM generate_series(1, $2) AS n")
                .execute(Tuple.of(sale.value(), holds)));
    }

    private List<UUID> asked() {
        return publisher.published(OrderHoldOver.class).stream()
                .map(OrderHoldOver::orderId)
                .toList();
    }

    private long reserved() {
        return await(owners.query("SELECT count(*) FROM orders WHERE status = 'RESERVED'")
                        .execute())
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void publishesEachOfTenThousandHoldsOnceWithTwoInstances() {
        // Given
        hold(10_000, "now() - interval '10 seconds'");
        // When
        HoldSweeper first = sweeper("5000", NEVER);
        HoldSweeper second = sweeper("5000", NEVER);
        await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() >= 10_000);
        double rounds = metrics.counter("doorbuster.sweep.asked").count();
        // Then
        assertThat(first).isNotSameAs(second);
        assertThat(asked()).doesNotHaveDuplicates().hasSize(10_000);
        assertThat(rounds).isLessThanOrEqualTo(10_000);
    }

    @Test
    void endsTenThousandHoldsOfAClosedSaleInFewTransactions() {
        // Given
        hold(10_000, "now() - interval '10 seconds'");
        HoldSweeper sweeper = sweeper("5000", NEVER);
        await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() == 10_000);
        await(sweeper.stop());
        var ledger = new Ledger(pool, database.config(), ledgers, new SimpleMeterRegistry(), Tracing.OFF);
        List<Message> messages = Message.split(sale, publisher.published(OrderHoldOver.class));
        // When
        for (int from = 0; from < messages.size(); from += 8) {
            await(ledger.handle(new MessageBatch(messages.subList(from, Math.min(from + 8, messages.size())))));
        }
        // Then
        SaleSums sums = await(database.wholeSales().sums(sale));
        assertThat(sums).isEqualTo(new SaleSums(10_000, 0, 0, 0, 0, 0, 0, 0, 6, 0, List.of()));
        assertThat(ledgers.published(OrderExpired.class)).hasSize(10_000);
        assertThat(ledgers.published(SaleCounted.class)).hasSize(5);
        assertThat(ledgers.published(SaleCounted.class).get(4).available()).isEqualTo(10_000);
    }

    @Test
    void leavesAHoldAloneUntilItsGraceIsOver() {
        // Given
        hold(3, "now() + CASE WHEN n = 1 THEN interval '-1 hour' ELSE interval '-1 second' END");
        // When
        HoldSweeper sweeper = sweeper("600000", NEVER);
        await().atMost(Duration.ofSeconds(30)).until(() -> !asked().isEmpty());
        await(sweeper.stop());
        // Then
        assertThat(asked()).hasSize(1);
        assertThat(reserved()).isEqualTo(3);
        assertThat(metrics.get("doorbuster.sweep.lag").gauge().value()).isBetween(2900.0, 3100.0);
    }

    @Test
    void publishesHoldsThatRemainAgain() {
        // Given
        hold(2500, "now() - interval '10 seconds'");
        // When
        HoldSweeper sweeper = sweeper("0", "200");
        await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() >= 7500);
        await(sweeper.stop());
        // Then
        assertThat(asked().stream().distinct()).hasSize(2500);
    }

    @Test
    void takesOverWhereTheOtherSweeperHasStopped() {
        // Given
        HoldSweeper first = sweeper("0", NEVER);
        HoldSweeper second = sweeper("0", NEVER);
        // When
        await(first.stop());
        hold(10, "now() - interval '10 seconds'");
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() >= 10);
        assertThat(asked()).hasSize(10);
        await(second.stop());
    }

    @Test
    void publishesWhenTheBrokerIsBack() {
        // Given
        publisher.open(false);
        hold(10, "now() - interval '10 seconds'");
        HoldSweeper sweeper = sweeper("0", NEVER);
        assertThat(sweeper).isNotNull();
        // When
        publisher.open(true);
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() == 10);
    }

    /** The function stands before that of PostgreSQL in the sessions that begin from now on. */
    @Test
    void publishesHoldsOfATimeThatComesAgain() {
        // Given
        await(owners.query("""
                CREATE SCHEMA clock;
                CREATE TABLE clock.ahead (by interval NOT NULL);
                INSERT INTO clock.ahead VALUES ('1 hour');
                CREATE FUNCTION clock.now() RETURNS timestamptz STABLE LANGUAGE sql
                    AS 'SELECT pg_catalog.now() + by FROM clock.ahead';
                GRANT USAGE ON SCHEMA clock TO PUBLIC;
                GRANT SELECT ON clock.ahead TO PUBLIC;
                DO $$ BEGIN
                    EXECUTE format('ALTER DATABASE %I SET search_path = clock, pg_catalog, "$user", public', current_database());
                END $$""").execute());
        try {
            hold(1, "now() + interval '30 minutes'");
            HoldSweeper sweeper = sweeper("0", NEVER);
            await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() == 1);
            // When
            await(owners.query("UPDATE clock.ahead SET by = '0'; UPDATE orders SET hold_expires_at = pg_catalog.now()")
                    .execute());
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> asked().size() == 2);
            await(sweeper.stop());
        } finally {
            await(owners.query("""
                    DO $$ BEGIN
                        EXECUTE format('ALTER DATABASE %I RESET search_path', current_database());
                    END $$;
                    DROP SCHEMA clock CASCADE""").execute());
        }
    }
}
