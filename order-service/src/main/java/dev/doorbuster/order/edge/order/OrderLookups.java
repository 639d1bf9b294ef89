package dev.doorbuster.order.edge.order;

import dev.doorbuster.order.edge.placement.PlacementConfig;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads orders from the ledger. Look-ups that arrive during a query share the next one, so each sees everything
 * committed before it. Each has a time limit, which includes waiting for earlier queries. To be used on one event
 * loop only.
 */
public final class OrderLookups {
    private final Vertx vertx;
    private final Duration answerMax;
    private final String late;
    private final Batcher<UUID, Optional<LedgerOrder>> batcher;
    private final Function<Collection<UUID>, Future<Map<UUID, LedgerOrder>>> ledger;

    public OrderLookups(
            Vertx vertx, PlacementConfig config, Function<Collection<UUID>, Future<Map<UUID, LedgerOrder>>> ledger) {
        this.vertx = vertx;
        this.answerMax = config.lookupMax();
        this.late = "the ledger did not answer within " + answerMax.toMillis() + " ms";
        this.ledger = ledger;
        this.batcher = new Batcher<>(config.lookupBatchMax(), config.lookupWaitingMax(), this::read);
    }

    /** The order's row, or empty if the ledger has none; fails if the ledger cannot be read in time. */
    public Future<Optional<LedgerOrder>> find(UUID orderId) {
        Future<Optional<LedgerOrder>> found = batcher.submit(orderId);
        return found.isComplete() ? found : EventLoop.within(vertx, answerMax, late, found);
    }

    private Future<List<Optional<LedgerOrder>>> read(List<UUID> ids) {
        return ledger.apply(ids)
                .map(rows -> ids.stream()
                        .map(id -> Optional.ofNullable(rows.get(id)))
                        .toList());
    }
}
