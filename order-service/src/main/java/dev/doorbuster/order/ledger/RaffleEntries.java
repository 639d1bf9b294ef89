package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Statements;
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

    private final Statements statements;

    public RaffleEntries(Pool pool, DatabaseConfig config) {
        this.statements = new Statements(pool, config);
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
        return statements.exists(
                LedgerSql.ENTER_RAFFLE,
                Tuple.of(
                        sale.value(),
                        entries.stream().map(Entry::buyer).toArray(String[]::new),
                        entries.stream().map(Entry::entrant).toArray(String[]::new),
                        entries.stream().map(Entry::orderId).toArray(UUID[]::new)));
    }

    /** Withdraws the buyer's entry, if there is one. False, and it stays, if entries are closed. */
    public Future<Boolean> withdraw(SaleId sale, String buyer) {
        return statements.exists(LedgerSql.WITHDRAW_RAFFLE_ENTRY, Tuple.of(sale.value(), buyer));
    }

    /** Writes positions from this one on; repeatable. */
    public Future<Void> write(SaleId sale, List<String> order, int from) {
        Integer[] positions = IntStream.range(from, from + order.size()).boxed().toArray(Integer[]::new);
        return statements
                .change(LedgerSql.WRITE_DRAW, Tuple.of(sale.value(), order.toArray(String[]::new), positions))
                .mapEmpty();
    }
}
