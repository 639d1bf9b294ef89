package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
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

    /** This part of a look-up's time limit is left for reading its row. */
    private static final int ROW_SHARE = 8;

    private final Vertx vertx;
    private final PendingMarkers markers;
    private final Duration lookupMax;
    private final Duration markerMax;
    private final OrderLookups lookups;
    /** Which sales wait for a marker. */
    private final KeyedBatcher<Integer, SaleId, Void> partitions;

    /**
     * What is known of an order.
     *
     * @param row empty if the ledger has none
     * @param settled whether everything that was published before is decided, so that an order without a row is not queued
     */
    record Found(Optional<LedgerOrder> row, boolean settled) {}

    private static final Found UNKNOWN = new Found(Optional.empty(), false);

    SettledOrders(
            Vertx vertx,
            Function<Duration, Future<Void>> after,
            PlacementConfig config,
            PendingMarkers markers,
            OrderLookups lookups) {
        this.vertx = vertx;
        this.markers = markers;
        this.lookupMax = config.lookupMax();
        this.markerMax = lookupMax.minus(lookupMax.dividedBy(ROW_SHARE));
        this.lookups = lookups;
        this.partitions = new KeyedBatcher<>(
                partition -> new Batcher<SaleId, Void>(SHARED_MAX, config.lookupWaitingMax(), this::follow)
                        .failingWaiting()
                        .collecting(SHARED_MAX, batch -> after.apply(GATHER_MAX)));
    }

    /**
     * Ends within the time limit of a look-up: not settled if no marker returned by then or too many look-ups wait, and without
     * a row as well if the ledger could not be read. Never fails.
     */
    Future<Found> find(SaleId sale, UUID orderId) {
        Future<Found> found = within(markerMax, partitions.submit(sale.partition(), sale))
                .map(true)
                .otherwise(false)
                .compose(isSettled -> lookups.find(orderId).map(row -> new Found(row, isSettled)));
        return within(lookupMax, found).otherwise(UNKNOWN);
    }

    /** Fails if the marker does not return in time; what waits behind it then ends too, instead of waiting for another. */
    private Future<List<Void>> follow(List<SaleId> all) {
        List<SaleId> sales = all.stream().distinct().toList();
        Future<PendingMarkers.Outcome> marker = markers.send(sales, markerMax);
        return within(markerMax, marker)
                .compose(outcome -> outcome == PendingMarkers.Outcome.RETURNED
                        ? Future.succeededFuture(Collections.nCopies(all.size(), null))
                        : Future.failedFuture("a marker: " + outcome));
    }

    private <T> Future<T> within(Duration max, Future<T> future) {
        return future.isComplete() ? future : EventLoop.within(vertx, max, "a look-up took too long", future);
    }
}
