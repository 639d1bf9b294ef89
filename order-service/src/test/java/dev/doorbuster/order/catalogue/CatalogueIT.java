package dev.doorbuster.order.catalogue;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.order.catalogue.Catalogue.OutcomeUnknownException;
import dev.doorbuster.order.catalogue.Catalogue.SaleDraft;
import dev.doorbuster.order.catalogue.Catalogue.SaleRefusedException;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
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

    private static final long LOCK = 4711;
    /** The insert or the commit of a sale with such a title waits until the test releases its lock. */
    private static final List<String> SLOW_SALES = List.of(
            "CREATE FUNCTION wait_for_the_test() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN PERFORM pg_advisory_xact_lock(" + LOCK + "); RETURN NEW; END $$",
            "CREATE TRIGGER slow_insert BEFORE INSERT ON sales FOR EACH ROW WHEN (NEW.title = 'a slow insert')"
                    + " EXECUTE FUNCTION wait_for_the_test()",
            "CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON sales DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                    + " WHEN (NEW.title = 'a slow commit') EXECUTE FUNCTION wait_for_the_test()");

    private static Catalogue impatient;

    @BeforeAll
    static void open() {
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        pool = database.pool();
        reader = new LedgerReader(new Statements(pool, database.config()));
        catalogue = onLoop(() -> Catalogue.open(VERTX, pool, CatalogueConfig.defaults()));
        Pool owner = database.ownersPool();
        SLOW_SALES.forEach(each -> await(owner.query(each).execute()));
        await(owner.close());
        Pool patient = OrderDatabase.pool(
                VERTX, database.config("lockMax", "30000", "statementMax", "30000", "answerMax", "30000"), "patient");
        impatient = onLoop(() -> Catalogue.open(VERTX, patient, new CatalogueConfig(500, 200, Duration.ofSeconds(5))));
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> onLoop(() -> impatient.create(lamp("a warm-up"))).due());
    }

    @AfterAll
    static void close() {
        await(catalogue.close());
        await(impatient.close());
        await(VERTX.close());
    }

    /** Calls it as the edge does, on one event loop. */
    private static <T> T onLoop(Supplier<Future<T>> call) {
        Promise<T> promise = Promise.promise();
        LOOP.runOnContext(v -> call.get().onComplete(promise));
        return await(promise.future());
    }

    private static NewSale lamp(Instant opensAt, Instant closesAt) {
        return lamp("a lamp", opensAt, closesAt);
    }

    private static NewSale lamp(String title) {
        return lamp(title, null, null);
    }

    private static NewSale lamp(String title, Instant opensAt, Instant closesAt) {
        return new NewSale(
                title, 1999, "EUR", 10, 2, opensAt, closesAt, 300, CounterKind.MEMCACHED, false, null, 0, false);
    }

    private static SaleView draft() {
        return onLoop(() -> catalogue.create(lamp(null, null))).sale();
    }

    @Test
    void createsADraftThatIsDueUnlessItOpensLater() {
        // Given
        Instant opensAt = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        // When
        SaleDraft now = onLoop(() -> catalogue.create(lamp(null, null)));
        SaleDraft later = onLoop(() -> catalogue.create(lamp(opensAt, opensAt.plusSeconds(60))));
        // Then
        assertThat(now.due()).isTrue();
        assertThat(later.due()).isFalse();
        assertThat(later.sale().opensAt()).isEqualTo(opensAt);
        for (SaleView sale : List.of(now.sale(), later.sale())) {
            assertThat(sale.state()).isEqualTo(SaleState.SCHEDULED);
            assertThat(sale.epoch()).isZero();
            assertThat(await(reader.sale(sale.saleId()))).contains(sale);
        }
    }

    @Test
    void refusesASaleThatWouldEndBeforeItBegins() {
        // Given
        Instant opensAt = Instant.now().plusSeconds(3600);
        // When, Then
        assertThatThrownBy(() -> onLoop(() -> catalogue.create(lamp(opensAt, opensAt.minusSeconds(1)))))
                .isInstanceOf(SaleRefusedException.class);
        assertThatThrownBy(() ->
                        onLoop(() -> catalogue.create(lamp(null, Instant.now().minusSeconds(1)))))
                .isInstanceOf(SaleRefusedException.class);
    }

    @Test
    void listsTheLatestFirst() {
        // Given
        SaleView now = draft();
        Instant later = Instant.now().plusSeconds(3600);
        SaleView scheduled = onLoop(() -> catalogue.create(lamp(later, null))).sale();
        // When
        List<SaleView> sales = onLoop(() -> catalogue.list(Optional.empty()).map(ListPage::elements));
        // Then
        assertThat(sales).contains(now, scheduled);
        assertThat(sales.indexOf(scheduled)).isLessThan(sales.indexOf(now));
    }

    @Test
    void showsABuyersOrdersTheNewestFirst() {
        // Given
        SaleView sale = draft();
        SaleView other = draft();
        String buyer = "buyer-" + UUID.randomUUID();
        UUID old = order(sale.saleId(), buyer, "2 minutes");
        UUID recent = order(sale.saleId(), buyer, "1 minute");
        UUID elsewhere = order(other.saleId(), buyer, "3 minutes");
        order(sale.saleId(), "another", "1 minute");
        // When
        List<OrderView> all = onLoop(() -> catalogue
                .orders(OrderFilter.ofBuyer(buyer, Optional.empty()), Optional.empty())
                .map(ListPage::elements));
        List<OrderView> ofSale = onLoop(() -> catalogue
                .orders(OrderFilter.ofBuyer(buyer, Optional.of(sale.saleId())), Optional.empty())
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
        SaleView sale = draft();
        // When
        var all = onLoop(() -> Future.all(IntStream.range(0, 50)
                .mapToObj(i -> i % 5 == 0 ? catalogue.create(lamp(null, null)).map(SaleDraft::sale) : found(sale))
                .toList()));
        // Then
        assertThat(all.<SaleView>list()).hasSize(50);
        assertThat(all.<SaleView>list().stream().map(SaleView::saleId).distinct())
                .hasSize(11);
    }

    @Test
    void aSaleThatIsStillBeingCommittedAtTheTimeLimitMayHaveBeenCreated() {
        // Given
        SqlConnection lock = await(pool.getConnection());
        await(lock.query("SELECT pg_advisory_lock(" + LOCK + ")").execute());
        // When
        assertThatThrownBy(() -> onLoop(() -> impatient.createAll(List.of(lamp("a slow commit")))))
                .isInstanceOf(OutcomeUnknownException.class);
        // Then
        await(lock.query("SELECT pg_advisory_unlock(" + LOCK + ")").execute());
        Awaitility.await()
                .untilAsserted(() -> assertThat(created("a slow commit")).isOne());
        await(lock.close());
    }

    @Test
    void aSaleThatIsNotWrittenByTheTimeLimitIsNotCreatedLater() {
        // Given
        SqlConnection lock = await(pool.getConnection());
        await(lock.query("SELECT pg_advisory_lock(" + LOCK + ")").execute());
        // When
        assertThatThrownBy(() -> onLoop(() -> impatient.create(lamp("a slow insert"))))
                .hasCauseInstanceOf(TimeoutException.class);
        // Then
        await(lock.query("SELECT pg_advisory_unlock(" + LOCK + ")").execute());
        Awaitility.await()
                .untilAsserted(() -> assertThat(count("pg_stat_activity WHERE datname = current_database()"
                                + " AND state <> 'idle' AND pid <> pg_backend_pid()"))
                        .isZero());
        assertThat(created("a slow insert")).isZero();
        await(lock.close());
    }

    private static long created(String title) {
        return count("sales WHERE title = '" + title + "'");
    }

    private static long count(String rows) {
        return await(pool.query("SELECT count(*) FROM " + rows).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    /** The sale as the list has it. */
    private static Future<SaleView> found(SaleView sale) {
        return catalogue
                .list(Optional.empty())
                .map(page -> page.elements().stream()
                        .filter(listed -> listed.saleId().equals(sale.saleId()))
                        .findFirst()
                        .orElseThrow());
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
