package dev.doorbuster.order.ledger.read;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerReader.HeldUnits;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerReaderIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static Pool owners;
    private static LedgerReader reader;

    private final SaleId sale = SaleId.random(new Random());

    @BeforeAll
    static void open() {
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        owners = database.ownersPool();
        reader = new LedgerReader(new Statements(database.pool(), database.config()));
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @BeforeEach
    void aSaleOfThreeSoldToTwo() {
        await(owners.preparedQuery("INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit,"
                        + " opens_at, hold_seconds, counter, state, epoch)"
                        + " VALUES ($1, 'a lamp', 1999, 'EUR', 3, 3, 2, now(), 300, 'memcached', 'OPEN', 4)")
                .execute(Tuple.of(sale.value())));
        order("alice", "k1", 2, "RESERVED");
        order("bob", "k1", 1, "PAID");
        order("carol", "k1", 2, "REJECTED");
        order("dave", "k1", 1, "EXPIRED");
    }

    @CanIgnoreReturnValue
    private UUID order(String buyer, String key, int quantity, String status) {
        UUID id = UUID.randomUUID();
        boolean accepted = !status.equals("REJECTED");
        await(owners.preparedQuery(
                        "INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted,"
                                + " counted, per_buyer_limit, status, reason, total_cents, placed_at, decided_at,"
                                + " hold_expires_at) VALUES ($1, $2, $3, $4, $5, $1, $6, true, 2, $7, "
                                + (accepted ? "NULL" : "'sold-out'") + ", 0, now(), now(), "
                                + (accepted ? "now()" : "NULL") + ")")
                .execute(Tuple.of(id, sale.value(), buyer, quantity, key, accepted, status)));
        return id;
    }

    private void update(String statement) {
        await(owners.preparedQuery(statement).execute(Tuple.of(sale.value())));
    }

    @Test
    void readsOrdersByIdAndLeavesOutWhatIsNotThere() {
        // Given
        UUID id = order("erin", "mine", 1, "RESERVED");
        // When
        Map<UUID, LedgerOrder> found = await(reader.orders(List.of(id, UUID.randomUUID())));
        // Then
        assertThat(found).containsOnlyKeys(id);
        assertThat(found.get(id).key()).isEqualTo("mine");
        assertThat(await(reader.orders(List.of()))).isEmpty();
    }

    @Test
    void knowsWhatIsHeldAndWhichHoldEndsNext() {
        // Given
        update("UPDATE sales SET paid = 1 WHERE id = $1");
        update("UPDATE orders SET hold_expires_at = now() - interval '1 second' WHERE sale_id = $1 AND accepted");
        UUID next = order("erin", "mine", 1, "RESERVED");
        update("UPDATE orders SET hold_expires_at = now() + interval '1 hour' WHERE sale_id = $1 AND buyer = 'erin'");
        // When
        HeldUnits held = await(reader.held(sale));
        // Then
        assertThat(held.held()).isEqualTo(2);
        assertThat(held.nextEndsAt())
                .isEqualTo(await(reader.orders(List.of(next))).get(next).view().holdExpiresAt());
    }

    @Test
    void knowsOfNoHoldInASaleThatIsNotThere() {
        assertThat(await(reader.held(SaleId.random(new Random())))).isEqualTo(new HeldUnits(0, null));
    }

    @Test
    void showsAnOpenSaleWithoutAUnitLeftAsSoldOut() {
        // When
        List<SaleView> open = await(reader.openSales());
        // Then
        assertThat(open)
                .filteredOn(each -> each.saleId().equals(sale))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.state()).isEqualTo(SaleState.SOLD_OUT);
                    assertThat(found).isEqualTo(await(reader.sale(sale)).orElseThrow());
                    assertThat(found.closesAt()).isNull();
                });
    }

    @Test
    void leavesClosedSalesOutOfTheOpenOnes() {
        // Given
        update("UPDATE sales SET state = 'CLOSED', closed_at = now() WHERE id = $1");
        // When
        List<SaleView> open = await(reader.openSales());
        // Then
        assertThat(open).noneMatch(each -> each.saleId().equals(sale));
        assertThat(await(reader.sale(sale)).orElseThrow().state()).isEqualTo(SaleState.CLOSED);
    }
}
