package dev.doorbuster.order.ledger;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.ledger.Samples.counted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of sales in the database. */
class SaleChangeIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static TestDatabase database;
    private static Pool pool;

    private final RecordingPublisher publisher = new RecordingPublisher();
    private final LedgerReader reader = new LedgerReader(new Statements(pool, database.config()));
    private final Ledger ledger = ledger(pool);

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        pool = database.pool();
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    private Ledger ledger(Pool on) {
        return new Ledger(on, database.config(), publisher, new SimpleMeterRegistry(), Tracing.OFF);
    }

    private static SaleId sale(long stock) {
        SaleId id = SaleId.random(new Random());
        await(pool.preparedQuery(
                        "INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at,"
                                + " hold_seconds, counter) VALUES ($1, 'a lamp', 1999, 'EUR', $2, 5, now(), 300, 'redis')")
                .execute(Tuple.of(id.value(), stock)));
        return id;
    }

    private SaleId openSale(long stock) {
        SaleId sale = sale(stock);
        await(handle(sale, change(Action.OPEN, null)));
        publisher.clear();
        return sale;
    }

    private static SaleChange change(Action action, SaleEdit edit) {
        return new SaleChange(UUID.randomUUID(), action, edit, "edge-1", Instant.now(), null);
    }

    private static SaleChange stock(long units) {
        return change(Action.EDIT, SaleEdit.ofStock(units));
    }

    private Future<Void> handle(SaleId sale, Element... elements) {
        return handle(ledger, sale, elements);
    }

    private static Future<Void> handle(Ledger by, SaleId sale, Element... elements) {
        return by.handle(new MessageBatch(
                Stream.of(elements).map(each -> Message.of(sale, each)).toList()));
    }

    private static List<String> recounts(SaleId sale) {
        var rows = await(
                pool.preparedQuery("SELECT epoch, available, cause FROM recounts WHERE sale_id = $1 ORDER BY epoch")
                        .execute(Tuple.of(sale.value())));
        var recounts = new ArrayList<String>();
        rows.forEach(row -> recounts.add(row.getLong(0) + ":" + row.getLong(1) + " " + row.getString(2)));
        return recounts;
    }

    @Test
    void opensEditsAndEndsASale() {
        // Given
        SaleId sale = sale(10);
        Instant closesAt = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MICROS);
        SaleChange open = change(Action.OPEN, null);
        SaleChange edit = change(Action.EDIT, new SaleEdit("two lamps", 2500L, 20L, 3, null, closesAt, false, 120));
        SaleChange end = change(Action.END, null);
        for (SaleChange each : List.of(open, edit, end)) {
            // When
            await(handle(sale, each));
            // Then
            var answer = new SaleAnswered(
                    each.requestId(), null, await(reader.sale(sale)).orElseThrow(), null);
            assertThat(publisher.told(SaleAnswered.class)).containsExactly(answer);
            assertThat(publisher.told(SaleAnnounced.class)).containsExactly(new SaleAnnounced(answer.sale()));
            assertThat(await(reader.saleChange(each.requestId()))).contains(answer);
            publisher.clear();
        }
        assertThat(await(reader.sale(sale)).orElseThrow())
                .satisfies(after -> assertThat(after.title()).isEqualTo("two lamps"))
                .satisfies(after -> assertThat(after.priceCents()).isEqualTo(2500))
                .satisfies(after -> assertThat(after.perBuyerLimit()).isEqualTo(3))
                .satisfies(after -> assertThat(after.closesAt()).isEqualTo(closesAt))
                .satisfies(after -> assertThat(after.holdSeconds()).isEqualTo(120))
                .satisfies(after -> assertThat(after.state()).isEqualTo(SaleState.CLOSED));
        assertThat(recounts(sale)).containsExactly("1:10 OPENED", "2:20 STOCK_EDITED", "3:20 CLOSED");
        assertThat(await(reader.saleChange(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void answersARedeliveredChangeAsBeforeAndChangesNothing() {
        // Given
        SaleId sale = openSale(10);
        SaleChange first = stock(20);
        SaleChange second = change(Action.EDIT, new SaleEdit(null, null, 30L, null, null, null, false, null));
        await(handle(sale, first));
        SaleAnswered answer = publisher.told(SaleAnswered.class).get(0);
        await(handle(sale, second));
        publisher.clear();
        // When
        await(handle(sale, first));
        // Then
        assertThat(publisher.told(SaleAnswered.class)).containsExactly(answer);
        assertThat(answer.sale().stock()).isEqualTo(20);
        assertThat(await(reader.sale(sale)).orElseThrow().stock()).isEqualTo(30);
        assertThat(recounts(sale)).hasSize(3);
        assertThat(publisher.published(SaleCounted.class)).hasSize(1);
        assertThat(publisher.told(SaleAnnounced.class)).isEmpty();
    }

    @Test
    void answersARedeliveredRefusalAsBeforeAlthoughItWouldBeAcceptedNow() {
        // Given
        SaleId sale = openSale(10);
        OrderGranted order = counted("alice", 2);
        SaleChange tooLow = stock(1);
        await(handle(sale, order, tooLow));
        await(handle(
                sale, new OrderCancel(UUID.randomUUID(), order.orderId(), "alice", "edge-1", Instant.now(), null)));
        publisher.clear();
        // When
        await(handle(sale, tooLow));
        // Then
        assertThat(publisher.told(SaleAnswered.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.refusal()).isEqualTo(SaleRefusal.STOCK_BELOW_SOLD))
                .satisfies(answer -> assertThat(answer.sale().stock()).isEqualTo(10));
        assertThat(await(reader.sale(sale)).orElseThrow().stock()).isEqualTo(10);
    }

    /** The command waited in its queue while the draft was deleted. */
    @Test
    void answersAChangeOfADeletedDraftAndKeepsWhatIsBehindIt() {
        // Given
        SaleId draft = sale(10);
        await(pool.preparedQuery("UPDATE sales SET opens_at = now() + interval '1 hour' WHERE id = $1")
                .execute(Tuple.of(draft.value())));
        assertThat(await(new DraftDeletion(new Statements(pool, database.config())).delete(draft)))
                .isEqualTo(DraftDeletion.Outcome.DELETED);
        SaleChange edit = stock(20);
        SaleChange end = change(Action.END, null);
        var marker = new SaleMarker(UUID.randomUUID(), "edge-1");
        // When
        await(handle(draft, edit, end, marker));
        // Then
        assertThat(publisher.told(SaleAnswered.class))
                .containsExactly(
                        new SaleAnswered(edit.requestId(), SaleRefusal.DELETED, null, null),
                        new SaleAnswered(end.requestId(), SaleRefusal.DELETED, null, null));
        assertThat(publisher.told(SaleMarker.class)).containsExactly(marker);
        assertThat(publisher.published(Element.class)).isEmpty();
    }

    @Test
    void writesStockAndSoldUnitsTogether() {
        // Given
        SaleId growing = openSale(1);
        SaleId shrinking = openSale(2);
        OrderGranted held = counted("alice", 2);
        await(handle(shrinking, held));
        // When
        await(handle(growing, stock(3), counted("bob", 3)));
        await(handle(
                shrinking,
                new OrderCancel(UUID.randomUUID(), held.orderId(), "alice", "edge-1", Instant.now(), null),
                stock(1)));
        // Then
        assertThat(await(reader.sale(growing)).orElseThrow().sold()).isEqualTo(3);
        assertThat(await(reader.sale(shrinking)).orElseThrow().stock()).isEqualTo(1);
    }

    @Test
    void decidesEachChangeOnceWithTwoLedgersAtOnce() {
        // Given
        SaleId sale = openSale(10);
        Pool otherPool = database.pool();
        Ledger other = ledger(otherPool);
        List<Future<Void>> work = new ArrayList<>();
        // When
        for (int i = 1; i <= 20; i++) {
            SaleChange change = stock(10 + i);
            work.add(handle(ledger, sale, change));
            work.add(handle(other, sale, change));
        }
        await(Future.join(work));
        // Then
        assertThat(await(reader.sale(sale)).orElseThrow().epoch()).isEqualTo(21);
        assertThat(recounts(sale)).hasSize(21);
        await(otherPool.close());
    }

    @Test
    void publishesTheEndAgainWhenRedelivered() {
        // Given
        SaleId sale = openSale(10);
        SaleChange end = change(Action.END, null);
        await(handle(sale, end));
        List<Element> first = publisher.published(Element.class);
        publisher.clear();
        // When
        await(handle(sale, end));
        // Then
        assertThat(publisher.published(Element.class)).isEqualTo(first);
        assertThat(first).hasAtLeastOneElementOfType(SaleEvent.SaleClosed.class);
    }
}
