package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads orders once everything that was published for their sales before is decided. Without that, an order of which the
 * ledger has no row may still be queued, perhaps by another edge, and be granted after it was refused. Look-ups that arrive
 * while a marker of their partition is in flight share the next one. To be used on one event loop only.
 */
final class SettledOrders {
    /** Look-ups that share a marker, which names their sales; for as many the next one is sent without a pause. */
    private static final int SHARED_MAX = Limits.MESSAGE_ELEMENTS_MAX;
    /** Pause between a marker's return and the next one, because a marker costs as much as an order. */
    private static final Duration GATHER_MAX = Duration.ofMillis(200);

    private final PendingMarkers markers;
    private final Duration answerMax;
    private final OrderLookups lookups;
    private final KeyedBatcher<Integer, Lookup, Found> partitions;

    /**
     * What is known of an order.
     *
     * @param row empty if the ledger has none
     * @param settled whether everything that was published before is decided, so that an order without a row is not queued
     */
    record Found(Optional<LedgerOrder> row, boolean settled) {}

    private static final Found UNKNOWN = new Found(Optional.empty(), false);

    private record Lookup(SaleId sale, UUID orderId) {}

    SettledOrders(
            Function<Duration, Future<Void>> after,
            PlacementConfig config,
            PendingMarkers markers,
            OrderLookups lookups) {
        this.markers = markers;
        this.answerMax = config.lookupMax();
        this.lookups = lookups;
        this.partitions = new KeyedBatcher<>(
                partition -> new Batcher<Lookup, Found>(SHARED_MAX, config.lookupWaitingMax(), this::read)
                        .collecting(SHARED_MAX, batch -> after.apply(GATHER_MAX)));
    }

    /** Without a row and not settled if the ledger cannot be read in time. Fails if too many look-ups wait. */
    Future<Found> find(SaleId sale, UUID orderId) {
        return partitions.submit(sale.partition(), new Lookup(sale, orderId));
    }

    private Future<List<Found>> read(List<Lookup> all) {
        List<SaleId> sales = all.stream().map(Lookup::sale).distinct().toList();
        return markers.send(sales, answerMax).compose(outcome -> {
            boolean settled = outcome == PendingMarkers.Outcome.RETURNED;
            var found = all.stream()
                    .map(each -> lookups.find(each.orderId())
                            .map(row -> new Found(row, settled))
                            .otherwise(UNKNOWN))
                    .toList();
            return Future.all(found)
                    .map(read -> found.stream().map(Future::result).toList());
        });
    }
}
