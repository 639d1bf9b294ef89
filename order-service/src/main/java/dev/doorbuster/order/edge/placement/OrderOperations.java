package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.FastPath;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.sale.BuyerVisits;
import dev.doorbuster.order.edge.sale.SaleCache;
import dev.doorbuster.order.edge.sale.SaleCacheConfig;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.waitingroom.QueuePasses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Wires what one edge needs to place orders. To be used on one event loop only. */
public final class OrderOperations {
    private final LongSupplier nanoTime;
    private final PlacementConfig config;
    private final PendingRequests<PendingOrder, OrderOutcome> pending;
    private final OrderPlacement placement;
    private final PlaceOrderOperation placeOrder;
    private final OrderFastPath fastPath;
    private final OneShotTimer lostAnswers;

    public OrderOperations(
            Vertx vertx,
            Clock clock,
            LongSupplier nanoTime,
            PlacementConfig config,
            SaleCacheConfig readings,
            SaleCache saleCache,
            BuyerVisits visits,
            Tokens tokens,
            OrderIds ids,
            OrderLookups lookups,
            Publisher publisher,
            Supplier<String> edgeId,
            QueuePasses passes,
            OrderMetrics metrics,
            Tracing tracing) {
        var keys = new IdempotencyKeys();
        var buyers = new RateLimit(config.buyerPerSecond(), config.buyerBurst(), config.buyersTrackedMax(), nanoTime);
        this.lostAnswers = new OneShotTimer(vertx);
        this.nanoTime = nanoTime;
        this.config = config;
        var admission = new AdmissionControl(
                config.decisionWaitMax(), config.retryAfterSeconds(), nanoTime, new OneShotTimer(vertx)::after);
        this.pending = new PendingRequests<>(vertx, config.heldMax());
        metrics.held(pending::waiting);
        var orders = new OrderPublisher(publisher, config.entranceWaitingMax(), metrics.batchSizes());
        this.placement = new OrderPlacement(
                clock, saleCache, readings, nanoTime, pending, admission, lookups, orders, edgeId, passes);
        this.placeOrder = new PlaceOrderOperation(config, clock, placement, ids, keys, buyers, metrics);
        this.fastPath = new OrderFastPath(
                saleCache,
                visits,
                readings.soldOutFreshMax(),
                nanoTime,
                tokens,
                buyers,
                keys,
                metrics,
                placeOrder,
                tracing);
    }

    public ApiOperation placeOrder() {
        return placeOrder;
    }

    public FastPath fastPath() {
        return fastPath;
    }

    public void answered(OrderAnswered answer) {
        placement.answered(answer);
    }

    /**
     * The reply queue was deleted; answers to the pending requests may be lost. Reads the ledger instead,
     * repeatedly, until the last of these requests has reached its maximum wait.
     */
    public void answersLost() {
        long until = nanoTime.getAsLong() + config.waitMax().toNanos();
        pending.readLedger();
        lostAnswers.every(config.lostAnswersReadEvery(), () -> {
            if (pending.waiting() == 0 || nanoTime.getAsLong() - until > 0) {
                lostAnswers.cancel();
            } else {
                pending.readLedger();
            }
        });
    }

    /** Answers all pending requests, within the limit. */
    public Future<Void> drain() {
        return pending.drain(config.drainMax());
    }
}
