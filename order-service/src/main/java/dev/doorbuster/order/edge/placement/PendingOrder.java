package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingRequest;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * An order that is waiting for its decision. Requests for the same order and quantity share it.
 *
 * @param repeat whether it is not published itself, because an earlier request for the order is in its queue
 */
record PendingOrder(OrderRequest order, Key key, OrderLookups lookups, Clock clock, boolean repeat)
        implements PendingRequest<OrderOutcome> {
    private static final Duration LEFT_MIN = Duration.ofMillis(1);

    record Key(UUID orderId, int quantity) {}

    static PendingOrder of(OrderRequest order, OrderLookups lookups, Clock clock) {
        return new PendingOrder(order, new Key(order.orderId(), order.quantity()), lookups, clock, false);
    }

    PendingOrder asRepeat() {
        return new PendingOrder(order, key, lookups, clock, true);
    }

    @Override
    public UUID requestId() {
        return order.requestId();
    }

    /** Remaining wait since the request arrived; the whole of it after the clock was set back. */
    @Override
    public Duration maxWait() {
        Duration maxWait = order.maxWait();
        if (maxWait.isZero()) {
            return maxWait;
        }
        Duration left = maxWait.minus(Duration.between(order.receivedAt(), clock.instant()));
        if (left.compareTo(maxWait) > 0) {
            return maxWait;
        }
        return left.compareTo(LEFT_MIN) < 0 ? LEFT_MIN : left;
    }

    @Override
    public Future<Void> clientGone() {
        return order.clientGone();
    }

    @Override
    public Future<OrderOutcome> decision(OrderOutcome undecided) {
        return lookups.find(order.orderId()).map(row -> decided(row, undecided));
    }

    /** The outcome according to the order's row. Ignores another buyer's row. */
    OrderOutcome decided(Optional<LedgerOrder> row, OrderOutcome undecided) {
        return row.filter(found -> found.view().buyer().equals(order.buyer()))
                .map(found -> OrderOutcome.decided(
                        found, order.quantity(), !found.requestId().equals(order.requestId())))
                .orElse(undecided);
    }

    @Override
    public OrderOutcome pending() {
        return new OrderOutcome.Pending(order.orderId());
    }

    @Override
    public OrderOutcome abandoned() {
        return new OrderOutcome.Abandoned();
    }

    @Override
    public Future<OrderOutcome> notPublished(Throwable cause) {
        return Future.succeededFuture(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
    }

    @Override
    public Future<OrderOutcome> outcomeUnknown() {
        return Future.succeededFuture(OrderOutcome.unknown());
    }

    OrderPlaced placed(SaleView sale, String edgeId) {
        return new OrderPlaced(
                order.requestId(),
                order.orderId(),
                order.buyer(),
                order.quantity(),
                order.key(),
                sale.counter(),
                sale.perBuyerLimit(),
                sale.epoch(),
                edgeId,
                order.receivedAt(),
                order.trace(),
                null);
    }
}
