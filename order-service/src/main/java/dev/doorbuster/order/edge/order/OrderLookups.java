package dev.doorbuster.order.edge.place;

import dev.doorbuster.order.ledger.LedgerOrder;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Looks orders up in the ledger, as many in one query as came during the last one. A look-up begins after it was asked
 * for, so what was decided before that is seen. Whoever asks is kept waiting only so long, the queries in front of it
 * included: somebody holds a connection open for the answer. To be used on one event loop only.
 */
public final class Lookups {
    private final Vertx vertx;
    private final long answerMaxMs;
    private final Batcher<UUID, Optional<LedgerOrder>> batcher;
    private final Function<Collection<UUID>, Future<Map<UUID, LedgerOrder>>> ledger;

    public Lookups(Vertx vertx, PlaceConfig config, Function<Collection<UUID>, Future<Map<UUID, LedgerOrder>>> ledger) {
        this.vertx = vertx;
        this.answerMaxMs = config.lookupMax().toMillis();
        this.ledger = ledger;
        this.batcher = new Batcher<>(config.lookupBatchMax(), config.lookupWaitingMax(), this::read);
    }

    /** The order's row, or empty where the ledger has none; fails where the ledger cannot be asked, or not in time. */
    public Future<Optional<LedgerOrder>> find(UUID orderId) {
        Future<Optional<LedgerOrder>> found = batcher.submit(orderId);
        return found.isComplete() ? found : inTime(found);
    }

    private Future<Optional<LedgerOrder>> inTime(Future<Optional<LedgerOrder>> found) {
        Promise<Optional<LedgerOrder>> told = Promise.promise();
        long timer = vertx.setTimer(answerMaxMs, tick -> {
            boolean unused =
                    told.tryFail(new TimeoutException("the ledger did not answer within " + answerMaxMs + " ms"));
        });
        found.onComplete(done -> {
            boolean unusedCancelled = vertx.cancelTimer(timer);
            boolean unused = done.succeeded() ? told.tryComplete(done.result()) : told.tryFail(done.cause());
        });
        return told.future();
    }

    private Future<List<Optional<LedgerOrder>>> read(List<UUID> ids) {
        return ledger.apply(ids)
                .map(rows -> ids.stream()
                        .map(id -> Optional.ofNullable(rows.get(id)))
                        .toList());
    }
}
