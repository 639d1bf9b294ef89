package dev.doorbuster.order.edge.placement;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.admission.AdmissionControl;
import dev.doorbuster.order.edge.admission.SocketReadProbe;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.FastPath;
import dev.doorbuster.order.edge.http.Gate;
import dev.doorbuster.order.edge.id.IdempotencyKeys;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.order.OrderLookups;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.pending.PendingRequests;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.edge.visit.BuyerVisits;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.trace.Tracing;
import dev.doorbuster.waitingroom.QueuePasses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Wires what one edge needs to place orders. To be used on one event loop only. */
public final class OrderOperations {
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    /** In each partition one that is expected, beside the unreturned ones. */
    private static final int MARKERS_MAX = SaleId.PARTITIONS * (1 + SettledOrders.UNRETURNED_MAX);

    private final LongSupplier nanoTime;
    private final PlacementConfig config;
    private final PendingRequests<PendingOrder, OrderOutcome> pending;
    private final OrderPublisher orders;
    private final OrderPlacement placement;
    private final PlaceOrderOperation placeOrder;
    private final OrderFastPath fastPath;
    private final OrderGate gate;
    private final SocketReadProbe readProbe;
    private final OneShotTimer lostAnswers;
    private final OneShotTimer checks;
    private final UnansweredOrders unanswered;
    private final PendingMarkers markers;

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
            BiFunction<SaleId, Collection<OrderNumber>, Future<List<OrderNumber>>> undecided,
            Function<SaleId, Future<Boolean>> nothingSetAside,
            QueuePasses passes,
            OrderMetrics metrics,
            Tracing tracing) {
        var keys = new IdempotencyKeys();
        var buyers = new RateLimit(config.buyerPerSecond(), config.buyerBurst(), config.buyersTrackedMax(), nanoTime);
        this.lostAnswers = new OneShotTimer(vertx);
        this.checks = new OneShotTimer(vertx);
        this.unanswered = new UnansweredOrders(
                publisher, edgeId, undecided, nothingSetAside, metrics.publishedAgain(), new SecureRandom()::nextLong);
        this.markers = new PendingMarkers(vertx, publisher, edgeId, MARKERS_MAX);
        this.nanoTime = nanoTime;
        this.config = config;
        this.readProbe = new SocketReadProbe(vertx);
        var admission = new AdmissionControl(config.decisionWaitMax(), config.retryAfterSeconds(), nanoTime, readProbe);
        this.pending = new PendingRequests<>(vertx, config.pendingMax());
        metrics.held(pending::waiting);
        Function<Duration, Future<Void>> after = delay -> vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS);
        this.orders =
                new OrderPublisher(after, publisher, unanswered, config.entranceWaitingMax(), metrics.batchSizes());
        this.placement = new OrderPlacement(
                clock,
                saleCache,
                readings,
                nanoTime,
                pending,
                admission,
                lookups,
                new SettledOrders(vertx, after, config, markers, lookups),
                orders,
                edgeId,
                passes);
        this.placeOrder = new PlaceOrderOperation(config, clock, placement, ids, keys, buyers, metrics);
        var heads = new OrderHeads(saleCache, tokens, visits);
        this.fastPath = new OrderFastPath(heads, keys, placeOrder, tracing);
        this.gate = new OrderGate(heads, readings.soldOutFreshMax(), nanoTime, keys, buyers, placement, metrics);
    }

    public ApiOperation placeOrder() {
        return placeOrder;
    }

    public FastPath fastPath() {
        return fastPath;
    }

    public Gate gate() {
        return gate;
    }

    /** Begins to check for orders that the broker lost, and to measure how late requests are read. */
    public Future<OrderOperations> start() {
        checks.every(CHECK_EVERY, unanswered::check);
        return readProbe.start().map(this);
    }

    /** Reports orders that have no answer yet to the ledger. */
    public Future<Void> stop() {
        checks.cancel();
        return readProbe.stop().transform(stopped -> unanswered.reportAll());
    }

    /** A sale is verified: its orders without an answer are reported at once. */
    public void verified(SaleId sale) {
        unanswered.reportNow(sale);
    }

    public void markerBack(SaleMarker marker) {
        markers.back(marker);
        unanswered.reportBack(marker);
    }

    public void answered(OrderAnswered answer) {
        OrderPlaced placed = unanswered.find(answer.requestId());
        unanswered.answered(answer.requestId());
        orders.answered(answer.requestId());
        placement.answered(answer);
        if (placed != null) {
            placement.repeatAnswered(answer, placed.quantity());
        }
    }

    /**
     * The reply queue was deleted; answers to the pending requests may be lost. Reads the ledger instead,
     * repeatedly, until the last of these requests has reached its maximum wait.
     */
    public void answersLost() {
        long until = nanoTime.getAsLong() + config.waitMax().toNanos();
        markers.answersLost();
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
