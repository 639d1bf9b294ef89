package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends a marker behind the offers of each raffle that has ended, again until the ledger has noted {@link
 * LedgerQueries#RAFFLE_DECIDED}: the decider may be away, and an offer that still waits for it may get a unit.
 */
final class RaffleMarkers {
    private static final long RAFFLES_MAX = 100;
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** A marker that reports is not returned. */
    private static final String NO_EDGE = "raffle";

    private final Statements statements;
    private final Publisher publisher;
    private final Map<SaleId, Long> sentNanos = new HashMap<>();

    RaffleMarkers(Statements statements, Publisher publisher) {
        this.statements = statements;
        this.publisher = publisher;
    }

    /** For raffles that ended within this time. */
    Future<Void> send(Duration within) {
        return statements
                .list(
                        LedgerQueries.UNDECIDED_RAFFLES,
                        row -> new SaleId(row.getString("id")),
                        Tuple.of((double) within.toMillis(), RAFFLES_MAX))
                .compose(this::send);
    }

    private Future<Void> send(List<SaleId> undecided) {
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
