package dev.doorbuster.order.edge.place;

import dev.doorbuster.order.ledger.LedgerOrder;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Looks orders up in the ledger, as many in one query as came during the last one. A look-up begins after it was asked
 * for, so what was decided before that is seen. To be used on one event loop only.
 */
public final class Lookups {
    private final Batcher<UUID, Optional<LedgerOrder>> batcher;
    private final Function<Collection<UUID>, Future<Map<UUID, LedgerOrder>>> ledger;

    public Lookups(PlaceConfig config, Function<Collection<UUID>, Future<Map<UUID, LedgerOrder>>> ledger) {
        this.ledger = ledger;
        this.batcher = new Batcher<>(config.lookupBatchMax(), config.lookupWaitingMax(), this::read);
    }

    /** The order's row, or empty where the ledger has none; fails where the ledger cannot be asked. */
    public Future<Optional<LedgerOrder>> find(UUID orderId) {
        return batcher.submit(orderId);
    }

    private Future<List<Optional<LedgerOrder>>> read(List<UUID> ids) {
        return ledger.apply(ids)
                .map(rows -> ids.stream()
                        .map(id -> Optional.ofNullable(rows.get(id)))
                        .toList());
    }
}
