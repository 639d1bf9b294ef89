package dev.doorbuster.order.ledger;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.ledger.RaffleEntries.Entry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RaffleEntriesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Vertx VERTX = Vertx.vertx();
    private static final SaleId OPEN = new SaleId("openopenopenopen");

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    /** Else entries that come late would delay the orders: the ledger takes the lock of the sale for each batch. */
    @Test
    void anEntryAfterTheOpeningTakesNoLock() {
        // Given
        TestDatabase database = TestDatabase.migrated(VERTX, servers.postgres());
        SqlConnection ledger = await(database.ownersPool().getConnection());
        await(ledger.query("INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at,"
                        + " hold_seconds, counter, state, raffle, draw_seed, draw_commitment) VALUES ('" + OPEN.value()
                        + "', 'a lamp', 1999, 'EUR', 10, 1, now(), 60, 'redis', 'OPEN', true, repeat('5eed', 16),"
                        + " repeat('c', 64))")
                .execute());
        await(ledger.begin());
        await(ledger.query("SELECT 1 FROM sales FOR UPDATE").execute());
        var entries = new RaffleEntries(database.pool(), database.config());

        // When
        boolean entered = await(entries.enter(OPEN, List.of(new Entry("ann", "e1", UUID.randomUUID()))));
        boolean withdrawn = await(entries.withdraw(OPEN, "ann"));

        // Then
        assertThat(entered).isFalse();
        assertThat(withdrawn).isFalse();
    }
}
