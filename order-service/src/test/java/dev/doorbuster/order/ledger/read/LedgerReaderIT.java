package dev.doorbuster.order.ledger.read;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerReader.HeldUnits;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
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

    private SoldSale rows;
    private SaleId sale;

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
    void insert() {
        rows = SoldSale.insert(owners);
        sale = rows.id();
    }

    @Test
    void readsOrdersByIdAndLeavesOutWhatIsNotThere() {
        // Given
        UUID id = rows.order("erin", "mine", 1, "RESERVED");
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
        rows.update("UPDATE sales SET paid = 1 WHERE id = $1");
        rows.update("UPDATE orders SET hold_expires_at = now() - interval '1 second' WHERE sale_id = $1 AND accepted");
        UUID next = rows.order("erin", "mine", 1, "RESERVED");
        rows.update(
                "UPDATE orders SET hold_expires_at = now() + interval '1 hour' WHERE sale_id = $1 AND buyer = 'erin'");
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
        rows.update("UPDATE sales SET state = 'CLOSED', closed_at = now() WHERE id = $1");
        // When
        List<SaleView> open = await(reader.openSales());
        // Then
        assertThat(open).noneMatch(each -> each.saleId().equals(sale));
        assertThat(await(reader.sale(sale)).orElseThrow().state()).isEqualTo(SaleState.CLOSED);
    }
}
