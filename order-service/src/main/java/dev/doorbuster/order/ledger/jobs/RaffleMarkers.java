package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Sends a marker behind the offers of each raffle that has ended, again until the ledger has noted {@link
 * LedgerQueries#RAFFLE_DECIDED}: the decider may be away, and an offer that still waits for it may get a unit.
 */
final class RaffleMarkers {
    private static final long RAFFLES_MAX = 100;
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** A marker that reports is not returned. */
    private static final String NO_EDGE = "raffle";

    private final Pool pool;
    private final DatabaseConfig database;
    private final Publisher publisher;
    private final Map<SaleId, Long> sentNanos = new HashMap<>();

    RaffleMarkers(Pool pool, DatabaseConfig database, Publisher publisher) {
        this.pool = pool;
        this.database = database;
        this.publisher = publisher;
    }

    /** For raffles that ended within this time. */
    Future<Void> send(Duration within) {
        return OrderDatabase.within(
                        database,
                        () -> pool.preparedQuery(LedgerQueries.UNDECIDED_RAFFLES)
                                .execute(Tuple.of((double) within.toMillis(), RAFFLES_MAX)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new SaleId(row.getString("id")))
                        .collect(Collectors.toSet()))
                .compose(this::send);
    }

    private Future<Void> send(Set<SaleId> undecided) {
        long now = System.nanoTime();
        sentNanos.keySet().retainAll(undecided);
        List<SaleId> due = undecided.stream()
                .filter(sale -> !sentNanos.containsKey(sale) || now - sentNanos.get(sale) >= AGAIN.toNanos())
                .toList();
        return publisher
                .publishAll(due.stream().map(RaffleMarkers::marker).toList())
                .onSuccess(confirmed -> due.forEach(sale -> sentNanos.put(sale, now)));
    }

    private static Addressed marker(SaleId sale) {
        SaleMarker marker = SaleMarker.ofDecided(NO_EDGE, Set.of(LedgerQueries.RAFFLE_DECIDED))
                .get(0);
        return new Addressed(Route.entrance(sale), Message.of(sale, marker));
    }
}
