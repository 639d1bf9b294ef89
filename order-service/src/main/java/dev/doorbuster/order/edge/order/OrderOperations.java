package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.FastPath;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.edge.sale.SaleCache;
import dev.doorbuster.order.edge.sale.SaleCacheConfig;
import dev.doorbuster.runtime.amqp.Publisher;
import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Everything about placing orders on one edge, put together. To be used on one event loop only. */
public final class OrderDesk {
    private static final long DRAIN_CHECK_MS = 10;

    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final PlaceConfig config;
    private final Waiters waiters;
    private final Placing placing;
    private final OrderFastPath fastPath;
    private final OneShotTimer lostAnswers;

    public OrderDesk(
            Vertx vertx,
            Clock clock,
            LongSupplier nanoTime,
            PlaceConfig config,
            SaleCacheConfig readings,
            SaleCache board,
            Tokens tokens,
            OrderIds ids,
            Lookups lookups,
            Publisher publisher,
            Supplier<String> edgeId,
            PlaceMetrics metrics,
            Tracing tracing) {
        var keys = new Keys();
        var buyers = new RateLimit(config.buyerPerSecond(), config.buyerBurst(), config.buyersTrackedMax(), nanoTime);
        this.vertx = vertx;
        this.lostAnswers = new OneShotTimer(vertx);
        this.nanoTime = nanoTime;
        this.config = config;
        var admission = new AdmissionControl(
                config.decisionWaitMax(), config.retryAfterSeconds(), nanoTime, new OneShotTimer(vertx)::after);
        this.waiters = new Waiters(vertx, clock, config.heldMax(), lookups, admission);
        metrics.held(waiters::held);
        var entrance = new Entrance(publisher, config.entranceWaitingMax(), metrics.batchSizes());
        var placeOrder = new PlaceOrder(board, readings, nanoTime, waiters, lookups, entrance, edgeId);
        this.placing = new Placing(config, clock, placeOrder, ids, keys, buyers, metrics, waiters::retryAfterSeconds);
        this.fastPath = new OrderFastPath(
                board, readings.soldOutFreshMax(), nanoTime, tokens, buyers, keys, metrics, placing, tracing);
    }

    public ApiOperation placing() {
        return placing;
    }

    public FastPath fastPath() {
        return fastPath;
    }

    public void answered(OrderAnswered answer) {
        waiters.answered(answer);
    }

    /**
     * The reply queue is gone, and answers to whoever is held now may go nowhere. The ledger is asked instead, now and
     * again until the last of them has waited as long as anybody may.
     */
    public void answersLost() {
        long until = nanoTime.getAsLong() + config.waitMax().toNanos();
        waiters.readLedger();
        lostAnswers.every(config.lostAnswersReadEvery(), () -> {
            if (waiters.held() == 0 || nanoTime.getAsLong() - until > 0) {
                lostAnswers.cancel();
            } else {
                waiters.readLedger();
            }
        });
    }

    /** Tells everybody who is held what can be told now, or within the limit; completes when nobody is. */
    public Future<Void> drain() {
        Promise<Void> drained = Promise.promise();
        waiters.hurry();
        long limit = vertx.setTimer(config.drainMax().toMillis(), late -> waiters.giveUp());
        long unused = vertx.setPeriodic(1, DRAIN_CHECK_MS, timer -> {
            if (waiters.held() == 0) {
                boolean unusedCancelled = vertx.cancelTimer(timer) && vertx.cancelTimer(limit);
                drained.tryComplete();
            }
        });
        return drained.future();
    }
}
