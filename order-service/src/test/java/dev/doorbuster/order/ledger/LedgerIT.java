package dev.doorbuster.order.ledger;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.ledger.Samples.again;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.granted;
import static dev.doorbuster.order.ledger.Samples.uncounted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.LedgerReader.HeldUnits;
import dev.doorbuster.order.ledger.read.LedgerReader.OpenSale;
import dev.doorbuster.order.ledger.read.SaleSums;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static TestDatabase database;
    private static Pool pool;
    private static Pool owners;

    private final Random random = new Random();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LedgerReader reader = new LedgerReader(new Statements(pool, database.config()));
    private final WholeSaleReader wholeSales = database.wholeSales();
    private final Ledger ledger = new Ledger(pool, database.config(), publisher, metrics, Tracing.OFF);

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

    private SaleId openSale(long stock, int limit) {
        return sale(stock, limit, "OPEN", 1, "now() - interval '1 minute'", "now() + interval '1 hour'");
    }

    private SaleId sale(long stock, int limit, String state, long epoch, String opensAt, String closesAt) {
        SaleId id = SaleId.random(random);
        await(owners.preparedQuery(
                        "INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at,"
                                + " closes_at, hold_seconds, counter, state, epoch) VALUES ($1, 'a lamp', 1999, 'EUR', $2, $3, "
                                + opensAt + ", " + closesAt + ", 300, 'redis', $4, $5)")
                .execute(Tuple.of(id.value(), stock, limit, state, epoch)));
        if (epoch > 0) {
            await(owners.preparedQuery("INSERT INTO recounts VALUES ($1, $2, $3, 'OPENED', now())")
                    .execute(Tuple.of(id.value(), epoch, stock)));
        }
        return id;
    }

    private static Message message(SaleId sale, OrderGranted... orders) {
        return Message.of(sale, List.of(orders));
    }

    private static Future<Void> handle(Ledger by, Message... messages) {
        return by.handle(new MessageBatch(List.of(messages)));
    }

    private LedgerOrder row(OrderGranted order) {
        return await(reader.orders(List.of(order.orderId()))).get(order.orderId());
    }

    @Test
    void reservesAndPublishesAnswerAndEvent() {
        // Given
        SaleId sale = openSale(5, 2);
        OrderGranted order = counted("alice", 2);
        // When
        await(handle(ledger, message(sale, order)));
        // Then
        LedgerOrder row = row(order);
        assertThat(row.view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(row.view().totalCents()).isEqualTo(3998);
        assertThat(row.key()).isEqualTo(order.key());
        assertThat(row.requestId()).isEqualTo(order.requestId());
        assertThat(row.accepted()).isTrue();
        assertThat(row.view().holdExpiresAt()).isAfter(Instant.now().plusSeconds(200));
        assertThat(publisher.published(OrderEvent.class))
                .containsExactly(new OrderEvent.OrderConfirmed(row.view(), null));
        assertThat(publisher.told(OrderAnswered.class))
                .containsExactly(new OrderAnswered(
                        order.requestId(), order.orderId(), Verdict.ACCEPTED, null, row.view(), false, null));
        assertThat(await(reader.sale(sale)).orElseThrow().sold()).isEqualTo(2);
    }

    @Test
    void neverSellsMoreThanTheStockWithTwoLedgersAtOnce() {
        // Given
        SaleId sale = openSale(100, 1);
        Pool otherPool = database.pool();
        var other = new Ledger(otherPool, database.config(), publisher, metrics, Tracing.OFF);
        List<Future<Void>> work = new ArrayList<>();
        // When
        for (int batch = 0; batch < 20; batch++) {
            int from = batch * 10;
            var orders = IntStream.range(from, from + 10)
                    .mapToObj(i -> counted("buyer-" + i, 1))
                    .toArray(OrderGranted[]::new);
            work.add(handle(ledger, message(sale, orders)));
            work.add(handle(other, message(sale, orders)));
        }
        await(Future.join(work));
        // Then
        SaleSums sums = await(wholeSales.sums(sale));
        assertThat(sums.sold()).isEqualTo(100);
        assertThat(sums.held()).isEqualTo(100);
        assertThat(sums.safe()).isTrue();
        await(otherPool.close());
    }

    @Test
    void keepsTheLimitPerBuyerWithTwoLedgersAtOnce() {
        // Given
        SaleId sale = openSale(1000, 3);
        List<Future<Void>> work = new ArrayList<>();
        // When
        for (int i = 0; i < 20; i++) {
            work.add(handle(ledger, message(sale, counted("alice", 1), counted("alice", 2), counted("bob", 3))));
        }
        await(Future.join(work));
        // Then
        SaleSums sums = await(wholeSales.sums(sale));
        assertThat(sums.held()).isEqualTo(6);
        assertThat(sums.overLimit()).isZero();
        assertThat(publisher.published(ClaimReleased.class))
                .hasSize(60
                        - publisher.published(OrderEvent.OrderConfirmed.class).size());
    }

    @Test
    void answersACopyWithTheFirstDecision() {
        // Given
        SaleId sale = openSale(1, 1);
        OrderGranted won = counted("alice", 1);
        OrderGranted lost = counted("bob", 1);
        await(handle(ledger, message(sale, won, lost)));
        publisher.clear();
        // When
        await(handle(ledger, message(sale, again(won, false), again(lost, true))));
        // Then
        assertThat(publisher.told(OrderAnswered.class))
                .extracting(OrderAnswered::verdict, OrderAnswered::reason, OrderAnswered::replayed)
                .containsExactly(
                        tuple(Verdict.ACCEPTED, null, true), tuple(Verdict.REJECTED, RefusalReason.SOLD_OUT, true));
        assertThat(publisher.published(OrderEvent.class)).isEmpty();
    }

    @Test
    void publishesTheSameAgainWhenRedelivered() {
        // Given
        SaleId sale = openSale(2, 1);
        Message[] messages = {
            message(sale, counted("alice", 1), uncounted("bob", 1), counted("carol", 1)),
            Message.of(sale, new SaleClose(Instant.now()))
        };
        await(handle(ledger, messages));
        var first = new ArrayList<>(publisher.published(Element.class));
        var answers = new ArrayList<>(publisher.told(OrderAnswered.class));
        publisher.clear();
        // When
        await(handle(ledger, messages));
        // Then
        assertThat(publisher.published(Element.class)).containsExactlyElementsOf(first);
        assertThat(publisher.told(OrderAnswered.class)).containsExactlyElementsOf(answers);
        assertThat(first)
                .hasAtLeastOneElementOfType(SaleCounted.class)
                .hasAtLeastOneElementOfType(ClaimReleased.class)
                .hasAtLeastOneElementOfType(SaleEvent.SaleSoldOut.class);
    }

    @Test
    void publishesAfterTheBrokerCameBackWhatItCouldNotBefore() {
        // Given
        SaleId sale = openSale(1, 1);
        Message message = message(sale, counted("alice", 1), counted("bob", 1));
        publisher.open(false);
        assertThatThrownBy(() -> await(handle(ledger, message))).isInstanceOf(PublishException.class);
        publisher.open(true);
        // When
        await(handle(ledger, message));
        // Then
        assertThat(publisher.published(SaleCounted.class)).containsExactly(new SaleCounted(2, 0, CounterKind.REDIS));
        assertThat(publisher.published(ClaimReleased.class)).hasSize(1);
        assertThat(publisher.published(OrderEvent.class)).hasSize(2);
    }

    @Test
    void recordsEachRecount() {
        // Given
        SaleId sale = openSale(2, 1);
        // When
        await(handle(ledger, message(sale, uncounted("alice", 1))));
        await(handle(ledger, message(sale, counted("bob", 1), counted("carol", 1))));
        await(handle(ledger, Message.of(sale, new SaleRecount(SaleRecount.Cause.MISSING))));
        // Then
        var rows = await(
                pool.preparedQuery("SELECT epoch, available, cause FROM recounts WHERE sale_id = $1 ORDER BY epoch")
                        .execute(Tuple.of(sale.value())));
        assertThat(rows)
                .extracting(row -> row.getLong(0) + ":" + row.getLong(1) + " " + row.getString(2))
                .containsExactly("1:2 OPENED", "2:1 UNCOUNTED_RESERVED", "3:0 COUNTED_REFUSED", "4:0 COUNTER_MISSING");
        assertThat(publisher.published(SaleCounted.class))
                .extracting(SaleCounted::epoch)
                .containsExactly(2L, 3L, 4L);
        assertThat(metrics.get("doorbuster.recounts")
                        .tag("cause", "counter-missing")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void opensAndClosesByTheDatabasesClock() {
        // Given
        SaleId due = sale(5, 1, "SCHEDULED", 0, "now() - interval '1 second'", "now() + interval '1 hour'");
        SaleId early = sale(5, 1, "SCHEDULED", 0, "now() + interval '1 hour'", "NULL");
        SaleId over = sale(5, 1, "OPEN", 1, "now() - interval '1 hour'", "now()");
        Instant asked = Instant.now();
        // When
        await(handle(ledger, Message.of(due, new SaleOpen(asked)), Message.of(due, new SaleClose(asked))));
        await(handle(ledger, Message.of(early, new SaleOpen(asked))));
        await(handle(ledger, Message.of(over, new SaleClose(asked))));
        // Then
        assertThat(await(reader.sale(due)).orElseThrow().state()).isEqualTo(SaleState.OPEN);
        assertThat(await(reader.sale(early)).orElseThrow().state()).isEqualTo(SaleState.SCHEDULED);
        assertThat(await(reader.sale(over)).orElseThrow().state()).isEqualTo(SaleState.CLOSED);
        assertThat(publisher.published(SaleEvent.class))
                .extracting(event ->
                        event.getClass().getSimpleName() + " " + event.sale().saleId())
                .containsExactlyInAnyOrder("SaleOpened " + due, "SaleClosed " + over);
        assertThat(publisher.told(SaleAnnounced.class)).hasSize(2);
    }

    @Test
    void sendsAMarkerBackAfterWhatCameBeforeIt() {
        // Given
        SaleId sale = openSale(2, 1);
        var marker = new SaleMarker(UUID.randomUUID(), "edge-9");
        // When
        await(handle(ledger, message(sale, counted("alice", 1)), Message.of(sale, marker)));
        // Then
        assertThat(publisher.told(SaleMarker.class)).containsExactly(marker);
        assertThat(publisher.told().get(publisher.told().size() - 1).route().routingKey())
                .isEqualTo("edge-9");
    }

    @Test
    void keepsAMarkerBackWhileAnythingOfItsBatchIsUnpublished() {
        // Given
        SaleId sale = openSale(2, 1);
        publisher.open(false);
        Message marker = Message.of(sale, new SaleMarker(UUID.randomUUID(), "edge-9"));
        // When
        assertThatThrownBy(() -> await(handle(ledger, marker, message(sale, counted("alice", 1)))))
                .isInstanceOf(PublishException.class);
        publisher.open(true);
        // Then
        assertThat(publisher.told()).isEmpty();
    }

    @Test
    void answersARecountOfASaleItDoesNotHaveWithNothing() {
        // Given
        SaleId unknown = SaleId.random(random);
        // When
        await(handle(ledger, Message.of(unknown, new SaleRecount(SaleRecount.Cause.MISSING))));
        // Then
        assertThat(publisher.published(SaleCounted.class))
                .containsExactly(
                        new SaleCounted(0, 0, CounterKind.REDIS), new SaleCounted(0, 0, CounterKind.MEMCACHED));
    }

    @Test
    void deadLettersOrdersOfAnUnknownSale() {
        // Given
        Message message = message(SaleId.random(random), counted("alice", 1));
        // When, Then
        assertThatThrownBy(() -> await(handle(ledger, message))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> await(ledger.refuse(message, new DataException("x", null))))
                .isInstanceOf(DataException.class);
    }

    @Test
    void callsAnOrderTheDatabaseRefusesAFaultOfTheData() {
        // Given
        SaleId sale = openSale(5, 5);
        OrderGranted unstorable = granted(UUID.randomUUID(), "a\0b", 1, true);
        // When, Then
        assertThatThrownBy(() -> await(handle(ledger, message(sale, unstorable))))
                .isInstanceOf(DataException.class);
        assertThat(await(wholeSales.sums(sale)).sold()).isZero();
    }

    @Test
    void answersABuyersKeyWithItsOrderWhereTheIdsOfOrdersHaveChanged() {
        // Given
        SaleId sale = openSale(5, 5);
        OrderGranted first = counted("alice", 1);
        OrderGranted sameKey = underAnotherId(first);
        OrderGranted sameKeyTogether = underAnotherId(first);
        OrderGranted other = counted("bob", 1);
        await(handle(ledger, message(sale, first)));
        publisher.clear();
        // When
        await(handle(ledger, message(sale, sameKey, other, sameKeyTogether)));
        // Then
        assertThat(publisher.told(OrderAnswered.class))
                .extracting(OrderAnswered::requestId, OrderAnswered::orderId, OrderAnswered::replayed)
                .containsExactly(
                        tuple(sameKey.requestId(), first.orderId(), true),
                        tuple(other.requestId(), other.orderId(), false),
                        tuple(sameKeyTogether.requestId(), first.orderId(), true));
        assertThat(publisher.published(ClaimReleased.class))
                .extracting(ClaimReleased::orderId)
                .containsExactly(sameKey.orderId(), sameKeyTogether.orderId());
        assertThat(publisher.published(SaleCounted.class)).containsExactly(new SaleCounted(2, 3, CounterKind.REDIS));
        assertThat(await(wholeSales.sums(sale)).sold()).isEqualTo(2);
        assertThat(await(reader.orders(List.of(sameKey.orderId())))).isEmpty();
    }

    @Test
    void decidesOneOfTwoIdsForTheSameKeyInOneBatch() {
        // Given
        SaleId sale = openSale(5, 5);
        OrderGranted first = counted("alice", 1);
        // When
        await(handle(ledger, message(sale, first, underAnotherId(first))));
        // Then
        assertThat(publisher.told(OrderAnswered.class))
                .extracting(OrderAnswered::orderId)
                .containsExactly(first.orderId(), first.orderId());
        assertThat(await(wholeSales.sums(sale)).sold()).isEqualTo(1);
    }

    /** As an edge with another secret would create it. */
    private static OrderGranted underAnotherId(OrderGranted order) {
        return new OrderGranted(
                UUID.randomUUID(),
                UUID.randomUUID(),
                order.buyer(),
                order.quantity(),
                order.key(),
                true,
                null,
                "edge-1",
                Instant.now(),
                null,
                null);
    }

    @Test
    void refusesACulpritWithARowOfItsOwn() {
        // Given
        SaleId sale = openSale(5, 5);
        OrderGranted order = counted("alice", 1);
        // When
        await(ledger.refuse(message(sale, order), new DataException("cannot be decided", null)));
        // Then
        assertThat(row(order).view().reason()).isEqualTo(RefusalReason.INVALID);
        assertThat(publisher.published(ClaimReleased.class)).hasSize(1);
        assertThat(publisher.told(OrderAnswered.class))
                .extracting(OrderAnswered::verdict)
                .containsExactly(Verdict.REJECTED);
        assertThat(publisher.published(SaleCounted.class)).containsExactly(new SaleCounted(2, 5, CounterKind.REDIS));
    }

    @Test
    void deadLettersUndecidableMessages() {
        // Given
        SaleId sale = openSale(5, 5);
        Message message = Message.of(sale, new SaleCounted(1, 5, CounterKind.REDIS));
        // When, Then
        assertThatThrownBy(() -> await(handle(ledger, message))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> await(ledger.refuse(message, new DataException("x", null))))
                .isInstanceOf(DataException.class);
    }

    @Test
    void keepsPaymentsCancelsAndEndsOfHolds() {
        // Given
        SaleId sale = openSale(5, 1);
        OrderGranted paid = counted("alice", 1);
        OrderGranted cancelled = counted("bob", 1);
        OrderGranted expired = counted("carol", 1);
        OrderGranted revived = counted("dave", 1);
        await(handle(ledger, message(sale, paid, cancelled, expired, revived)));
        await(owners.preparedQuery("UPDATE orders SET hold_expires_at = now() WHERE id = ANY($1)")
                .execute(Tuple.tuple().addArrayOfUUID(new UUID[] {expired.orderId(), revived.orderId()})));
        publisher.clear();
        Message[] messages = {
            Message.of(sale, payment(paid, "p1")),
            Message.of(
                    sale,
                    new OrderCancel(UUID.randomUUID(), cancelled.orderId(), "bob", "edge-1", Instant.now(), null)),
            Message.of(sale, List.of(new OrderHoldOver(expired.orderId()), new OrderHoldOver(revived.orderId()))),
            Message.of(sale, List.of(payment(revived, "p2"), payment(cancelled, "p3")))
        };
        // When
        await(handle(ledger, messages));
        var first = publisher.published(Element.class);
        publisher.clear();
        await(handle(ledger, messages));
        // Then
        assertThat(row(paid).view().status()).isEqualTo(OrderStatus.PAID);
        assertThat(row(cancelled).view().status()).isEqualTo(OrderStatus.REFUND_DUE);
        assertThat(row(expired).view().status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(row(revived).view().status()).isEqualTo(OrderStatus.PAID);
        assertThat(await(wholeSales.sums(sale))).isEqualTo(new SaleSums(5, 2, 0, 2, 0, 0, 0, 0, 2, 0, List.of()));
        assertThat(await(reader.openUnits(1000))).contains(new OpenSale(sale, CounterKind.REDIS, 5, 2, 2));
        assertThat(await(reader.held(sale))).isEqualTo(new HeldUnits(0, null));
        assertThat(publisher.published(Element.class)).containsExactlyElementsOf(first);
        assertThat(publisher.published(SaleCounted.class)).containsExactly(new SaleCounted(2, 3, CounterKind.REDIS));
    }

    private static OrderPayment payment(OrderGranted order, String reference) {
        return new OrderPayment(
                UUID.randomUUID(),
                order.orderId(),
                order.buyer(),
                reference,
                null,
                null,
                "edge-1",
                Instant.now(),
                null);
    }

    @Test
    void doesNotLetAStalledTransactionKeepTheRow() {
        // Given
        SaleId sale = openSale(5, 1);
        Pool stalling = OrderDatabase.pool(VERTX, database.config("idleInTransactionMax", "200"), "stalling");
        SqlConnection stalled = await(stalling.getConnection());
        // In one query: between two, the server may already end the session.
        await(stalled.query("BEGIN; " + LedgerSql.LOCK_SALE.replace("$1", "'" + sale + "'"))
                .execute());
        OrderGranted order = counted("alice", 1);
        // When
        await(handle(ledger, message(sale, order)));
        // Then
        assertThat(row(order).view().status()).isEqualTo(OrderStatus.RESERVED);
        await(stalling.close());
    }

    @Test
    void timesOutOnALockedRowWithoutBlamingAMessage() {
        // Given
        SaleId sale = openSale(5, 1);
        Pool impatient = OrderDatabase.pool(VERTX, database.config("lockMax", "100"), "impatient");
        var hasty = new Ledger(impatient, database.config(), publisher, metrics, Tracing.OFF);
        SqlConnection keeping = await(pool.getConnection());
        var transaction = await(keeping.begin());
        await(keeping.preparedQuery(LedgerSql.LOCK_SALE).execute(Tuple.of(sale.value())));
        OrderGranted order = counted("alice", 1);
        // When
        assertThatThrownBy(() -> await(handle(hasty, message(sale, order))))
                .isInstanceOfSatisfying(
                        PgException.class,
                        failure -> assertThat(failure.getSqlState()).isEqualTo("55P03"));
        await(transaction.rollback());
        await(handle(hasty, message(sale, order)));
        // Then
        assertThat(row(order).view().status()).isEqualTo(OrderStatus.RESERVED);
        await(keeping.close());
        await(impatient.close());
    }
}
