package dev.doorbuster.order.ledger.read;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.ledger.read.LedgerReader.NoSuchSaleException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uses a copy of the schema without constraints, so that tests can insert violations. */
class WholeSaleReaderIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static Pool owners;
    private static TestDatabase database;
    private static WholeSaleReader reader;

    private SoldSale rows;
    private SaleId sale;

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        owners = database.ownersPool();
        reader = database.wholeSales();
        await(owners.query("ALTER TABLE sales DROP CONSTRAINT sales_never_oversold")
                .execute());
        await(owners.query("ALTER TABLE orders DROP CONSTRAINT orders_one_per_key")
                .execute());
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @BeforeEach
    void insert() {
        rows = SoldSale.insert(owners);
        sale = rows.id();
    }

    @Test
    void findsNothingWrongWithAnHonestSale() {
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums).isEqualTo(new SaleSums(3, 3, 2, 1, 0, 0, 0, 0, 4, 0, List.of()));
        assertThat(sums.safe()).isTrue();
    }

    @Test
    void findsUnitsSoldBeyondTheStock() {
        // Given
        rows.order("erin", "k1", 2, "RESERVED");
        rows.update("UPDATE sales SET sold = 5 WHERE id = $1");
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums.oversold()).isEqualTo(2);
        assertThat(sums.safe()).isFalse();
    }

    @Test
    void findsASalesRowThatDiffersFromItsOrders() {
        // Given
        rows.update("UPDATE sales SET sold = 2 WHERE id = $1");
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums.mismatch()).isEqualTo(1);
        assertThat(sums.safe()).isFalse();
    }

    @Test
    void findsABuyerOverTheLimit() {
        // Given
        rows.update("UPDATE sales SET stock = 10, sold = 5 WHERE id = $1");
        rows.order("alice", "k2", 2, "PAID");
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums.overLimit()).isEqualTo(2);
        assertThat(sums.safe()).isFalse();
    }

    @Test
    void appliesToEachBuyerTheLimitOfThatBuyersOrders() {
        // Given
        rows.update("UPDATE orders SET per_buyer_limit = 1 WHERE sale_id = $1 AND buyer = 'bob'");
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums.overLimit()).isZero();
    }

    @Test
    void doesNotApplyALoweredLimitToEarlierOrders() {
        // Given
        rows.update("UPDATE sales SET per_buyer_limit = 1 WHERE id = $1");
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums.overLimit()).isZero();
    }

    @Test
    void findsTwoOrdersUnderOneKey() {
        // Given
        rows.order("carol", "k1", 2, "REJECTED");
        // When
        SaleSums sums = await(reader.sums(sale));
        // Then
        assertThat(sums.duplicates()).isEqualTo(1);
        assertThat(sums.safe()).isFalse();
    }

    @Test
    void hasNoFiguresOfASaleThatIsNotThere() {
        // When, Then
        assertThatThrownBy(() -> await(reader.sums(SaleId.random(new Random()))))
                .isInstanceOf(NoSuchSaleException.class);
    }

    /** A sale of ten million orders is read in longer than any other statement may take. */
    @Test
    void takesLongerThanOtherStatementsMay() {
        // Given
        var impatient = database.config("statementMax", "200", "answerMax", "400", "lockMax", "20000");
        SqlConnection locking = await(owners.getConnection());
        await(locking.query("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE").execute());
        // When
        Future<SaleSums> sums = database.wholeSales(impatient).sums(sale);
        awaitWaiting("600 milliseconds");
        await(locking.query("COMMIT").execute());
        // Then
        assertThat(await(sums).sold()).isEqualTo(3);
        await(locking.close());
    }

    private static void awaitWaiting(String interval) {
        String waiting = "SELECT FROM pg_locks WHERE relation = 'orders'::regclass AND NOT granted"
                + " AND waitstart < now() - interval '" + interval + "'";
        await().until(() -> await(owners.query(waiting).execute()).size() > 0);
    }
}
