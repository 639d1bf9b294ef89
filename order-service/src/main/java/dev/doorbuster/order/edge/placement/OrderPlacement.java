package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.admission.AdmissionControl;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.waitingroom.QueuePasses;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Places an order: joins a pending request for the same order, checks the sale's reading, reads the ledger before a
 * refusal, publishes. To be used on one event loop only.
 */
final class OrderPlacement {
    private final Clock clock;
    private final SaleCache saleCache;
    private final SaleCacheConfig readings;
    private final LongSupplier nanoTime;
    private final PendingRequests<PendingOrder, OrderOutcome> pending;
    private final AdmissionControl admission;
    private final OrderLookups lookups;
    private final SettledOrders settled;
    private final OrderPublisher publisher;
    private final Supplier<String> edgeId;
    private final QueuePasses passes;

    OrderPlacement(
            Clock clock,
            SaleCache saleCache,
            SaleCacheConfig readings,
            LongSupplier nanoTime,
            PendingRequests<PendingOrder, OrderOutcome> pending,
            AdmissionControl admission,
            OrderLookups lookups,
            SettledOrders settled,
            OrderPublisher publisher,
            Supplier<String> edgeId,
            QueuePasses passes) {
        this.clock = clock;
        this.saleCache = saleCache;
        this.readings = readings;
        this.nanoTime = nanoTime;
        this.pending = pending;
        this.admission = admission;
        this.lookups = lookups;
        this.settled = settled;
        this.publisher = publisher;
        this.edgeId = edgeId;
        this.passes = passes;
    }

    /** Fails if there is no such sale, or if the sale cannot be read. */
    Future<OrderOutcome> place(OrderRequest request) {
        var order = PendingOrder.of(request, lookups, clock);
        return pending.join(order)
                .orElseGet(() -> saleCache.find(request.sale()).compose(reading -> checkReading(order, reading)));
    }

    /** Whether an order must not wait behind the undecided ones. */
    boolean isOverloaded() {
        return pending.isFull() || !admission.admits(pending.undecided());
    }

    /** Time after which a request answered "overloaded" should be repeated. */
    int retryAfterSeconds() {
        return admission.retryAfterSeconds(pending.undecided());
    }

    /** Ignores answers to requests that are not pending here: they were already answered "pending". */
    void answered(OrderAnswered answer) {
        admission.decided();
        PendingOrder order = pending.find(answer.requestId());
        if (order != null) {
            answered(order, answer, answer.replayed());
        }
    }

    /** A repeat of an order that was in its queue waits for the answer to the first request. */
    void repeatAnswered(OrderAnswered first, int quantity) {
        PendingOrder repeat = pending.findByKey(new PendingOrder.Key(first.orderId(), quantity));
        if (repeat != null && repeat.repeat()) {
            answered(repeat, first, true);
        }
    }

    private void answered(PendingOrder order, OrderAnswered answer, boolean replayed) {
        switch (answer.verdict()) {
            case ACCEPTED, REJECTED -> {
                boolean accepted = answer.verdict() == OrderAnswered.Verdict.ACCEPTED;
                int asked = order.order().quantity();
                pending.answer(order.requestId(), OrderOutcome.decided(answer.order(), accepted, asked, replayed));
            }
            case REFUSED -> refused(order, ProblemType.of(answer.reason()));
        }
    }

    /** A counter's refusal concerns one request; an earlier request may still be granted the order, or have been. */
    private void refused(PendingOrder order, ProblemType why) {
        refusedUnlessDecided(order, why).onSuccess(outcome -> pending.answer(order.requestId(), outcome));
    }

    /** Refuses an order that the ledger does not have, and that is not queued either. Never fails. */
    private Future<OrderOutcome> refusedUnlessDecided(PendingOrder order, ProblemType why) {
        UUID orderId = order.order().orderId();
        return settled.find(order.order().sale(), orderId)
                .map(found -> order.decided(
                        found.row(),
                        found.settled() && !publisher.isUndecidedOtherwise(orderId)
                                ? new OrderOutcome.Refused(why, false)
                                : OrderOutcome.unknown()))
                .otherwise(OrderOutcome.unknown());
    }

    private Future<OrderOutcome> checkReading(PendingOrder order, Optional<SaleReading> reading) {
        if (reading.isEmpty()) {
            return Future.failedFuture(ProblemType.UNKNOWN_SALE.exception());
        }
        OrderRequest request = order.order();
        long now = nanoTime.getAsLong();
        if (reading.get().mayHaveEnded(request.receivedAt(), readings.endGrace(), now, readings.soldOutFreshMax())) {
            // Not "closed": only the database's clock counts, and the end may have been moved.
            return Future.succeededFuture(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        }
        SaleView sale = reading.get().sale();
        return reading.get()
                .refusal(request.quantity(), now, readings.soldOutFreshMax())
                .or(() -> refusalAtTheDoor(sale, request))
                .map(why -> lookUpBeforeRefusal(order, why))
                .orElseGet(() -> publish(order, sale));
    }

    private Optional<ProblemType> refusalAtTheDoor(SaleView sale, OrderRequest request) {
        if (sale.raffle() != null) {
            return Optional.of(ProblemType.RAFFLE_ONLY);
        }
        if (sale.waitingRoom() == null
                || passes.isValid(request.pass().get(), request.sale(), request.buyer(), clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(ProblemType.QUEUE_PASS_REQUIRED);
    }

    /** An order with a key generated by this edge is new: it is neither queued nor in the ledger. */
    private Future<OrderOutcome> lookUpBeforeRefusal(PendingOrder order, ProblemType why) {
        OrderRequest request = order.order();
        if (!request.keyGiven()) {
            return Future.succeededFuture(new OrderOutcome.Refused(why, false));
        }
        if (publisher.isQueued(request.orderId(), request.quantity())) {
            return awaitQueued(order);
        }
        if (publisher.isUndecided(request.orderId())) {
            return Future.succeededFuture(OrderOutcome.unknown());
        }
        return refusedUnlessDecided(order, why);
    }

    /** An earlier request for the order is in its queue; another message would only prolong it. */
    private Future<OrderOutcome> awaitQueued(PendingOrder order) {
        // While the sale was read, another repeat may have begun to wait.
        return pending.join(order)
                .orElseGet(() -> pending.isFull()
                        ? order.outcomeUnknown()
                        : pending.publish(order.asRepeat(), Future::succeededFuture));
    }

    private Future<OrderOutcome> publish(PendingOrder order, SaleView sale) {
        // While the sale was read, the same order may have arrived again.
        return pending.join(order).orElseGet(() -> {
            if (publisher.isQueued(order.order().orderId(), order.order().quantity())) {
                return awaitQueued(order);
            }
            if (isOverloaded()) {
                return Future.succeededFuture(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
            }
            OrderPlaced placed = order.placed(sale, edgeId.get());
            return pending.publish(order, () -> publisher.publish(sale.saleId(), placed));
        });
    }

    /**
     * A request to place an order.
     *
     * @param requestId unique per request
     * @param orderId the same for every request of this buyer with this key
     * @param keyGiven whether the client sent the key; if not, the order is new
     * @param maxWait how long the client waits for the decision; zero to respond after the broker's confirm
     * @param trace the request's own span as W3C traceparent; null if it is not traced
     * @param pass reads the pass of the sale's waiting room, null without one; read only if the sale has a room
     * @param clientGone completes when the client has closed its connection
     */
    record OrderRequest(
            UUID requestId,
            UUID orderId,
            SaleId sale,
            String buyer,
            int quantity,
            String key,
            boolean keyGiven,
            Duration maxWait,
            Instant receivedAt,
            String trace,
            Supplier<String> pass,
            Future<Void> clientGone) {}
}
