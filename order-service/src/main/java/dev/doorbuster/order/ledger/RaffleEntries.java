package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Records entries into raffles, and their draw. Not by messages: an entry is neither an order nor a change of a counter, and
 * an offer becomes an order as any other does.
 */
public final class RaffleEntries {
    /** Idempotency key of the orders that offers become. */
    public static final String KEY = "raffle";

    private final Pool pool;
    private final DatabaseConfig config;

    public RaffleEntries(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * A buyer's entry.
     *
     * @param entrant the buyer's pseudonym in the published draw
     * @param orderId of the order that an offer becomes
     */
    public record Entry(String buyer, String entrant, UUID orderId) {}

    /** Enters buyers, also those who withdrew; those that have entered stay as they are. False, and none is entered, if entries are closed. */
    public Future<Boolean> enter(SaleId sale, List<Entry> entries) {
        return OrderDatabase.within(
                config,
                () -> pool.preparedQuery(LedgerSql.ENTER_RAFFLE)
                        .execute(Tuple.of(
                                sale.value(),
                                entries.stream().map(Entry::buyer).toArray(String[]::new),
                                entries.stream().map(Entry::entrant).toArray(String[]::new),
                                entries.stream().map(Entry::orderId).toArray(UUID[]::new)))
                        .map(rows -> rows.size() > 0));
    }

    /** Withdraws the buyer's entry, if there is one. False, and it stays, if entries are closed. */
    public Future<Boolean> withdraw(SaleId sale, String buyer) {
        return OrderDatabase.within(
                config,
                () -> pool.preparedQuery(LedgerSql.WITHDRAW_RAFFLE_ENTRY)
                        .execute(Tuple.of(sale.value(), buyer))
                        .map(rows -> rows.size() > 0));
    }

    /** Writes positions from this one on; repeatable. */
    public Future<Void> write(SaleId sale, List<String> order, int from) {
        return OrderDatabase.within(
                config,
                () -> pool.preparedQuery(LedgerSql.WRITE_DRAW)
                        .execute(Tuple.of(
                                sale.value(),
                                order.toArray(String[]::new),
                                IntStream.range(from, from + order.size())
                                        .boxed()
                                        .toArray(Integer[]::new)))
                        .mapEmpty());
    }
}
