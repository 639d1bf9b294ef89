package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.SaleCache;
import dev.doorbuster.order.edge.sale.SaleCacheConfig;
import dev.doorbuster.order.edge.sale.SaleReading;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Places an order: joins a pending request for the same order, checks the sale's reading, reads the ledger before a refusal,
 * publishes. To be used on one event loop only.
 */
final class OrderPlacement {
    private final Clock clock;
    private final SaleCache board;
    private final SaleCacheConfig readings;
    private final LongSupplier nanoTime;
    private final PendingRequests<PendingOrder, OrderOutcome> pending;
    private final AdmissionControl admission;
    private final OrderLookups lookups;
    private final OrderPublisher publisher;
    private final Supplier<String> edgeId;

    OrderPlacement(
            Clock clock,
            SaleCache board,
            SaleCacheConfig readings,
            LongSupplier nanoTime,
            PendingRequests<PendingOrder, OrderOutcome> pending,
            AdmissionControl admission,
            OrderLookups lookups,
            OrderPublisher publisher,
            Supplier<String> edgeId) {
        this.clock = clock;
        this.board = board;
        this.readings = readings;
        this.nanoTime = nanoTime;
        this.pending = pending;
        this.admission = admission;
        this.lookups = lookups;
        this.publisher = publisher;
        this.edgeId = edgeId;
    }

    /** Fails where there is no such sale, and where the sale cannot be read. */
    Future<OrderOutcome> place(OrderRequest request) {
        var order = PendingOrder.of(request, lookups, clock);
        return pending.join(order)
                .orElseGet(() -> board.find(request.sale()).compose(reading -> checkReading(order, reading)));
    }

    /** When a request that was answered "overloaded" should be repeated. */
    int retryAfterSeconds() {
        return admission.retryAfterSeconds(pending.undecided());
    }

    /** Ignores answers to requests that are not pending here: they were told "pending" already. */
    void answered(OrderAnswered answer) {
        admission.decided();
        PendingOrder order = pending.find(answer.requestId());
        if (order == null) {
            return;
        }
        switch (answer.verdict()) {
            case ACCEPTED, REJECTED -> {
                boolean accepted = answer.verdict() == OrderAnswered.Verdict.ACCEPTED;
                int asked = order.order().quantity();
                pending.answer(
                        answer.requestId(), OrderOutcome.decided(answer.order(), accepted, asked, answer.replayed()));
            }
            case REFUSED -> refused(order, ProblemType.of(answer.reason()));
        }
    }

    /** A counter's refusal concerns one request; an earlier one may have got the order all the same. */
    private void refused(PendingOrder order, ProblemType why) {
        order.decision(new OrderOutcome.Refused(why, false))
                .otherwise(OrderOutcome.unknown())
                .onSuccess(outcome -> pending.answer(order.requestId(), outcome));
    }

    private Future<OrderOutcome> checkReading(PendingOrder order, Optional<SaleReading> reading) {
        if (reading.isEmpty()) {
            return Future.failedFuture(ProblemType.UNKNOWN_SALE.exception());
        }
        OrderRequest request = order.order();
        long now = nanoTime.getAsLong();
        if (reading.get().mayHaveEnded(request.receivedAt(), readings.endGrace(), now, readings.soldOutFreshMax())) {
            // Not "closed", for only the database could tell: its clock, and whether the end has been moved.
            return Future.succeededFuture(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
        }
        return reading.get()
                .refusal(request.quantity(), now, readings.soldOutFreshMax())
                .map(why -> lookUpBeforeRefusal(request, why))
                .orElseGet(() -> publish(order, reading.get().sale()));
    }

    /** An order whose key was made by this edge is new: the ledger cannot have it. */
    private Future<OrderOutcome> lookUpBeforeRefusal(OrderRequest request, ProblemType why) {
        if (!request.keyGiven()) {
            return Future.succeededFuture(new OrderOutcome.Refused(why, false));
        }
        return lookups.find(request.orderId())
                .map(row -> row.map(order -> OrderOutcome.decided(order, request.quantity(), true))
                        .orElse(new OrderOutcome.Refused(why, false)))
                .otherwise(OrderOutcome.unknown());
    }

    private Future<OrderOutcome> publish(PendingOrder order, SaleView sale) {
        // The sale may have had to be read first, and the same order may have come in meanwhile.
        return pending.join(order).orElseGet(() -> {
            if (pending.isFull() || !admission.admits(pending.undecided())) {
                return Future.succeededFuture(new OrderOutcome.NotTaken(ProblemType.OVERLOADED));
            }
            return pending.publish(order, () -> publisher.publish(sale.saleId(), order.placed(sale, edgeId.get())));
        });
    }
}
