package dev.doorbuster.order.catalogue;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.OrderStatus;
import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.ledger.LedgerReader;
import dev.doorbuster.order.ledger.NoSuchSaleException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogueIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static final Context LOOP = VERTX.getOrCreateContext();
    private static Pool pool;
    private static Catalogue catalogue;
    private static LedgerReader reader;

    @BeforeAll
    static void open() {
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        pool = database.pool();
        reader = new LedgerReader(pool, database.config());
        catalogue = onLoop(() -> Catalogue.open(VERTX, pool, CatalogueConfig.defaults(), new SimpleMeterRegistry()));
    }

    @AfterAll
    static void close() {
        await(catalogue.close());
        await(VERTX.close());
    }

    /** As the edge calls it: all on one event loop. */
    private static <T> T onLoop(Supplier<Future<T>> call) {
        Promise<T> promise = Promise.promise();
        LOOP.runOnContext(v -> call.get().onComplete(promise));
        return await(promise.future());
    }

    private static NewSale lamp(Instant opensAt, Instant closesAt) {
        return new NewSale("a lamp", 1999, "EUR", 10, 2, opensAt, closesAt, 300, CounterKind.MEMCACHED);
    }

    private static SaleView openSale() {
        return onLoop(() -> catalogue.create(lamp(null, null)));
    }

    private static final SaleEdit NOTHING = new SaleEdit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static SaleEdit stock(long units) {
        return new SaleEdit(
                Optional.empty(),
                Optional.empty(),
                Optional.of(units),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> recounts(SaleId sale) {
        var rows = await(
                pool.preparedQuery("SELECT epoch, available, cause FROM recounts WHERE sale_id = $1 ORDER BY epoch")
                        .execute(Tuple.of(sale.value())));
        var recounts = new ArrayList<String>();
        rows.forEach(row -> recounts.add(row.getLong(0) + ":" + row.getLong(1) + " " + row.getString(2)));
        return recounts;
    }

    private static void sell(SaleId sale, long units) {
        await(pool.preparedQuery("UPDATE sales SET sold = $2 WHERE id = $1").execute(Tuple.of(sale.value(), units)));
    }

    @Test
    void opensASaleAtOnceUnlessToldWhen() {
        // When
        SaleView sale = openSale();
        // Then
        assertThat(sale.state()).isEqualTo(SaleState.OPEN);
        assertThat(sale.epoch()).isEqualTo(1);
        assertThat(recounts(sale.saleId())).containsExactly("1:10 OPENED");
        assertThat(await(reader.sale(sale.saleId()))).contains(sale);
        assertThat(onLoop(() -> catalogue.find(sale.saleId()))).contains(sale);
    }

    @Test
    void leavesASaleThatOpensLaterToTheClock() {
        // Given
        Instant opensAt = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        // When
        SaleView sale = onLoop(() -> catalogue.create(lamp(opensAt, opensAt.plusSeconds(60))));
        // Then
        assertThat(sale.state()).isEqualTo(SaleState.SCHEDULED);
        assertThat(sale.opensAt()).isEqualTo(opensAt);
        assertThat(sale.epoch()).isZero();
        assertThat(recounts(sale.saleId())).isEmpty();
    }

    @Test
    void refusesASaleThatWouldEndBeforeItBegins() {
        // Given
        Instant opensAt = Instant.now().plusSeconds(3600);
        // When, Then
        assertThatThrownBy(() -> onLoop(() -> catalogue.create(lamp(opensAt, opensAt.minusSeconds(1)))))
                .isInstanceOf(InvalidSaleException.class);
        assertThatThrownBy(() ->
                        onLoop(() -> catalogue.create(lamp(null, Instant.now().minusSeconds(1)))))
                .isInstanceOf(InvalidSaleException.class);
    }

    @Test
    void recountsWhenTheStockOfAnOpenSaleIsEdited() {
        // Given
        SaleView sale = openSale();
        sell(sale.saleId(), 4);
        // When
        SaleView edited = onLoop(() -> catalogue.edit(sale.saleId(), stock(20)));
        // Then
        assertThat(edited.stock()).isEqualTo(20);
        assertThat(edited.sold()).isEqualTo(4);
        assertThat(edited.epoch()).isEqualTo(2);
        assertThat(recounts(sale.saleId())).containsExactly("1:10 OPENED", "2:16 STOCK_EDITED");
        assertThat(await(reader.sale(sale.saleId()))).contains(edited);
    }

    @Test
    void keepsTheStockAtOrAboveWhatIsSold() {
        // Given
        SaleView sale = openSale();
        sell(sale.saleId(), 4);
        // When, Then
        assertThatThrownBy(() -> onLoop(() -> catalogue.edit(sale.saleId(), stock(3))))
                .isInstanceOf(StockBelowSoldException.class);
        assertThat(onLoop(() -> catalogue.edit(sale.saleId(), stock(4))).state())
                .isEqualTo(SaleState.SOLD_OUT);
    }

    @Test
    void changesOnlyWhatTheEditNames() {
        // Given
        SaleView sale = openSale();
        var edit = new SaleEdit(
                Optional.of("two lamps"),
                Optional.of(2500L),
                Optional.empty(),
                Optional.of(3),
                Optional.empty(),
                Optional.of(Optional.of(Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS))),
                Optional.of(120));
        // When
        SaleView edited = onLoop(() -> catalogue.edit(sale.saleId(), edit));
        // Then
        assertThat(edited.title()).isEqualTo("two lamps");
        assertThat(edited.priceCents()).isEqualTo(2500);
        assertThat(edited.perBuyerLimit()).isEqualTo(3);
        assertThat(edited.closesAt()).isEqualTo(edit.closesAt().orElseThrow().orElseThrow());
        assertThat(edited.holdSeconds()).isEqualTo(120);
        assertThat(edited.stock()).isEqualTo(sale.stock());
        assertThat(edited.epoch()).isEqualTo(1);
        assertThat(await(reader.sale(sale.saleId()))).contains(edited);
    }

    @Test
    void endsASaleOnce() {
        // Given
        SaleView sale = openSale();
        // When
        SaleView ended = onLoop(() -> catalogue.end(sale.saleId()));
        SaleView again = onLoop(() -> catalogue.end(sale.saleId()));
        // Then
        assertThat(ended.state()).isEqualTo(SaleState.CLOSED);
        assertThat(again).isEqualTo(ended);
        assertThat(recounts(sale.saleId())).containsExactly("1:10 OPENED", "2:10 CLOSED");
    }

    @Test
    void editsNoSaleThatHasEnded() {
        // Given
        SaleView sale = openSale();
        SaleView ended = onLoop(() -> catalogue.end(sale.saleId()));
        // When, Then
        assertThatThrownBy(() -> onLoop(() -> catalogue.edit(ended.saleId(), stock(11))))
                .isInstanceOf(SaleEndedException.class);
    }

    @Test
    void movesNoOpeningThatHasHappened() {
        // Given
        SaleView sale = openSale();
        var edit = new SaleEdit(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Instant.now().plusSeconds(60)),
                Optional.empty(),
                Optional.empty());
        // When, Then
        assertThatThrownBy(() -> onLoop(() -> catalogue.edit(sale.saleId(), edit)))
                .isInstanceOf(InvalidSaleException.class);
    }

    @Test
    void knowsNoSaleThatIsNotThere() {
        // Given
        SaleId unknown = SaleId.random(new Random());
        // When, Then
        assertThat(onLoop(() -> catalogue.find(unknown))).isEmpty();
        assertThatThrownBy(() -> onLoop(() -> catalogue.edit(unknown, NOTHING)))
                .isInstanceOf(NoSuchSaleException.class);
        assertThatThrownBy(() -> onLoop(() -> catalogue.end(unknown))).isInstanceOf(NoSuchSaleException.class);
    }

    @Test
    void listsTheLatestFirst() {
        // Given
        SaleView now = openSale();
        Instant later = Instant.now().plusSeconds(3600);
        SaleView scheduled = onLoop(() -> catalogue.create(lamp(later, null)));
        // When
        List<SaleView> sales = onLoop(() -> catalogue.list(Optional.empty()).map(ListPage::elements));
        // Then
        assertThat(sales).contains(now, scheduled);
        assertThat(sales.indexOf(scheduled)).isLessThan(sales.indexOf(now));
    }

    @Test
    void showsABuyersOrdersTheNewestFirst() {
        // Given
        SaleView sale = openSale();
        SaleView other = openSale();
        String buyer = "buyer-" + UUID.randomUUID();
        UUID old = order(sale.saleId(), buyer, "2 minutes");
        UUID recent = order(sale.saleId(), buyer, "1 minute");
        UUID elsewhere = order(other.saleId(), buyer, "3 minutes");
        order(sale.saleId(), "another", "1 minute");
        // When
        List<OrderView> all = onLoop(() ->
                catalogue.orders(buyer, Optional.empty(), Optional.empty()).map(ListPage::elements));
        List<OrderView> ofSale = onLoop(() -> catalogue
                .orders(buyer, Optional.of(sale.saleId()), Optional.empty())
                .map(ListPage::elements));
        // Then
        assertThat(all).extracting(OrderView::id).containsExactly(recent, old, elsewhere);
        assertThat(ofSale).extracting(OrderView::id).containsExactly(recent, old);
        assertThat(all.get(0))
                .isEqualTo(await(reader.orders(List.of(recent))).get(recent).view());
        assertThat(all.get(0).status()).isEqualTo(OrderStatus.RESERVED);
    }

    @Test
    void servesManyCallersOfOneEventLoopAtOnce() {
        // Given
        SaleView sale = openSale();
        // When
        var all = onLoop(() -> Future.all(IntStream.range(0, 50)
                .mapToObj(i -> i % 5 == 0
                        ? catalogue.edit(sale.saleId(), stock(20 + i))
                        : catalogue.find(sale.saleId()).map(Optional::orElseThrow))
                .toList()));
        // Then
        assertThat(all.<SaleView>list()).hasSize(50);
        assertThat(recounts(sale.saleId())).hasSize(11);
        assertThat(onLoop(() -> catalogue.find(sale.saleId())).orElseThrow().epoch())
                .isEqualTo(11);
    }

    @CanIgnoreReturnValue
    private static UUID order(SaleId sale, String buyer, String ago) {
        UUID id = UUID.randomUUID();
        await(pool.preparedQuery(
                        "INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted,"
                                + " counted, per_buyer_limit, status, total_cents, placed_at, decided_at, hold_expires_at)"
                                + " VALUES ($1, $2, $3, 1, $4, $1, true, true, 1, 'RESERVED', 1999, now() - interval '"
                                + ago
                                + "', now(), now() + interval '1 hour')")
                .execute(Tuple.of(id, sale.value(), buyer, id.toString())));
        return id;
    }
}
