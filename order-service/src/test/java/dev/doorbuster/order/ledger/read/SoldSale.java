package dev.doorbuster.order.ledger.read;

import static dev.doorbuster.order.TestDatabase.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Random;
import java.util.UUID;

/** The rows of a sale of three units, sold to two buyers; one buyer was refused, and one hold has ended. */
final class SoldSale {
    private final Pool owners;
    private final SaleId id = SaleId.random(new Random());

    private SoldSale(Pool owners) {
        this.owners = owners;
    }

    /** @param owners connections with all rights */
    static SoldSale insert(Pool owners) {
        var sale = new SoldSale(owners);
        sale.update("INSERT INTO sales (id, title, price_cents, currency, stock, sold, per_buyer_limit,"
                + " opens_at, hold_seconds, counter, state, epoch)"
                + " VALUES ($1, 'a lamp', 1999, 'EUR', 3, 3, 2, now(), 300, 'memcached', 'OPEN', 4)");
        sale.order("alice", "k1", 2, "RESERVED");
        sale.order("bob", "k1", 1, "PAID");
        sale.order("carol", "k1", 2, "REJECTED");
        sale.order("dave", "k1", 1, "EXPIRED");
        return sale;
    }

    SaleId id() {
        return id;
    }

    @CanIgnoreReturnValue
    UUID order(String buyer, String key, int quantity, String status) {
        UUID order = UUID.randomUUID();
        boolean accepted = !status.equals("REJECTED");
        await(owners.preparedQuery(
                        "INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted,"
                                + " counted, per_buyer_limit, status, reason, total_cents, placed_at, decided_at,"
                                + " hold_expires_at) VALUES ($1, $2, $3, $4, $5, $1, $6, true, 2, $7, "
                                + (accepted ? "NULL" : "'sold-out'") + ", 0, now(), now(), "
                                + (accepted ? "now()" : "NULL") + ")")
                .execute(Tuple.of(order, id.value(), buyer, quantity, key, accepted, status)));
        return order;
    }

    /** @param statement with the sale's id as its parameter */
    void update(String statement) {
        await(owners.preparedQuery(statement).execute(Tuple.of(id.value())));
    }
}
