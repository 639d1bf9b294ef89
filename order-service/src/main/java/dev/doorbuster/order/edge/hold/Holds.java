package dev.doorbuster.order.edge.hold;

import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.place.Lookups;
import dev.doorbuster.order.edge.place.OrderIds;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.LedgerOrder;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Finds the order that somebody wants moved; whose it is decides what they get to know of it. */
final class Holds {
    private final Lookups lookups;
    private final OrderIds ids;

    Holds(Lookups lookups, OrderIds ids) {
        this.lookups = lookups;
        this.ids = ids;
    }

    /** The row of an order, or empty. */
    Future<Optional<LedgerOrder>> find(UUID orderId) {
        return lookups.find(orderId);
    }

    /** The row of the caller's own order; fails with 404 where there is none, and with 409 where it is not decided. */
    Future<LedgerOrder> own(UUID orderId, Caller caller) {
        return find(orderId).map(row -> {
            if (row.isEmpty()) {
                throw (ids.mintedFor(caller.name(), orderId) ? ProblemType.ORDER_PENDING : ProblemType.UNKNOWN_ORDER)
                        .exception();
            } else if (!row.get().view().buyer().equals(caller.name())) {
                throw ProblemType.UNKNOWN_ORDER.exception();
            }
            return row.get();
        });
    }
}
