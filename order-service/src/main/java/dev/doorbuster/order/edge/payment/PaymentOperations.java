package dev.doorbuster.order.edge.hold;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.place.Lookups;
import dev.doorbuster.order.edge.place.OrderIds;
import dev.doorbuster.order.edge.place.PlaceConfig;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.ledger.Payment;
import dev.doorbuster.runtime.amqp.Publisher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Everything about paying and cancelling on one edge, put together. To be used on one event loop only. */
public final class HoldDesk {
    private static final long DRAIN_CHECK_MS = 10;

    private final Vertx vertx;
    private final Duration drainMax;
    private final Moves moves;
    private final Paying paying;
    private final Cancelling cancelling;

    /**
     * Creates the desk.
     *
     * @param buyersPay whether a buyer may pay for the own order, as where the demo log-in is on
     */
    public HoldDesk(
            Vertx vertx,
            Clock clock,
            LongSupplier nanoTime,
            HoldConfig config,
            PlaceConfig place,
            boolean buyersPay,
            OrderIds ids,
            Lookups lookups,
            Function<Payment.Key, Future<Optional<Payment>>> payments,
            Publisher publisher,
            Supplier<String> edgeId) {
        this.vertx = vertx;
        this.drainMax = place.drainMax();
        this.moves = new Moves(vertx, new Commands(publisher, config.commandsWaitingMax()), config.heldMax());
        var buyers = new RateLimit(place.buyerPerSecond(), place.buyerBurst(), place.buyersTrackedMax(), nanoTime);
        var payers = new RateLimit(config.payerPerSecond(), config.payerBurst(), config.payersTrackedMax(), nanoTime);
        var holds = new Holds(lookups, ids);
        var answers = new HoldAnswers(config.answerMax(), place.waitMax(), place.retryAfterSeconds());
        this.paying = new Paying(clock, buyersPay, holds, moves, payments, edgeId, buyers, payers, answers);
        this.cancelling = new Cancelling(clock, holds, moves, edgeId, buyers, answers);
    }

    public ApiOperation paying() {
        return paying;
    }

    public ApiOperation cancelling() {
        return cancelling;
    }

    public void answered(HoldAnswered answer) {
        moves.answered(answer);
    }

    /** The reply queue is gone, and answers to whoever is held now may go nowhere. */
    public void answersLost() {
        moves.answersLost();
    }

    /** Tells everybody who is held what can be told now, or within the limit; completes when nobody is. */
    public Future<Void> drain() {
        Promise<Void> drained = Promise.promise();
        moves.hurry();
        long limit = vertx.setTimer(drainMax.toMillis(), late -> moves.giveUp());
        long unused = vertx.setPeriodic(1, DRAIN_CHECK_MS, timer -> {
            if (moves.held() == 0) {
                boolean unusedCancelled = vertx.cancelTimer(timer) && vertx.cancelTimer(limit);
                drained.tryComplete();
            }
        });
        return drained.future();
    }
}
