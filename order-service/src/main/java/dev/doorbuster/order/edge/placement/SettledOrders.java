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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Of one partition; a marker that stays in its queue occupies a place of the consumer's prefetch, which all sales share. */
    static final int UNRETURNED_MAX = 4;
    /** An unreturned marker that the broker may have lost is not expected after this time. */
    private static final Duration KEPT_MAX = Duration.ofMinutes(2);
    /** This part of a look-up's time limit is left for reading its row. */
    private static final int ROW_SHARE = 8;

    private final Vertx vertx;
    private final PendingMarkers markers;
    private final Duration lookupMax;
    private final Duration markerMax;
    private final OrderLookups lookups;
    /** Which sales wait for a marker. */
    private final KeyedBatcher<Integer, SaleId, Void> partitions;
    /** By partition, the sales of each marker that was not back in time and may be in its queue. */
    private final Map<Integer, List<List<SaleId>>> unreturned = new HashMap<>();

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
        this.partitions = new KeyedBatcher<>(partition -> new Batcher<SaleId, Void>(
                        SHARED_MAX, config.lookupWaitingMax(), sales -> follow(partition, sales))
                .failingWaiting()
                .collecting(SHARED_MAX, batch -> after.apply(GATHER_MAX)));
    }

    /**
     * Ends within the time limit of a look-up: not settled if no marker returned by then or too many look-ups wait, and without
     * a row as well if the ledger could not be read. Never fails.
     */
    Future<Found> find(SaleId sale, UUID orderId) {
        Future<Found> found = settled(sale.partition(), sale)
                .compose(isSettled -> lookups.find(orderId).map(row -> new Found(row, isSettled)));
        return within(lookupMax, found).otherwise(UNKNOWN);
    }

    /** Not settled at once while a marker of this sale alone, or too many of its partition, did not return. */
    private Future<Boolean> settled(int partition, SaleId sale) {
        List<List<SaleId>> late = unreturned(partition);
        if (late.size() >= UNRETURNED_MAX || late.contains(List.of(sale))) {
            return Future.succeededFuture(false);
        }
        return within(markerMax, partitions.submit(partition, sale)).map(true).otherwise(false);
    }

    /**
     * Fails if a marker does not return in time; what waits behind it then ends too, instead of waiting for another. Meanwhile
     * each sale has a marker of its own, so that a blocked sale is found and left out.
     */
    private Future<List<Void>> follow(int partition, List<SaleId> all) {
        List<SaleId> sales = all.stream().distinct().toList();
        Future<Void> followed = Future.succeededFuture();
        if (unreturned(partition).isEmpty()) {
            followed = send(partition, sales);
        } else {
            for (SaleId sale : sales) {
                followed = followed.compose(before -> send(partition, List.of(sale)));
            }
        }
        return followed.map(back -> Collections.nCopies(all.size(), null));
    }

    private Future<Void> send(int partition, List<SaleId> sales) {
        Future<Void> back = markers.sendAndKeep(sales, KEPT_MAX);
        return within(markerMax, back).onFailure(late -> {
            if (!back.isComplete()) {
                unreturned(partition).add(sales);
                Future<Void> unused =
                        back.onComplete(done -> unreturned(partition).remove(sales));
            }
        });
    }

    private List<List<SaleId>> unreturned(int partition) {
        return unreturned.computeIfAbsent(partition, none -> new ArrayList<>());
    }

    private <T> Future<T> within(Duration max, Future<T> future) {
        return future.isComplete() ? future : EventLoop.within(vertx, max, "a look-up took too long", future);
    }
}
