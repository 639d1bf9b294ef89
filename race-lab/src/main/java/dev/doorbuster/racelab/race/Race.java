package dev.doorbuster.racelab.race;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.racelab.race.Race.RaceOrder;
import dev.doorbuster.racelab.strategy.RaceIds;
import dev.doorbuster.racelab.strategy.RaceStrategy;
import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One race. Each slot of the strategy serves one buyer until the buyer has an answer, then the next. There are no artificial
 * pauses: only other buyers come between two steps of a buyer. Everything runs on one event loop.
 */
public final class Race {
    private static final Logger LOG = LoggerFactory.getLogger(Race.class);
    private static final String STORE_UNAVAILABLE = "store-unavailable";
    private static final int MILLION = 1_000_000;

    private final SaleId id = RaceIds.random();
    private final RaceOrder order;
    private final RaceStrategy strategy;
    private final RaceConfig config;
    private final Context loop;
    private long begunNanos;
    private long elapsedNanos;
    private int called;
    private long sold;
    private long refused;
    private long gaveUp;
    private long retries;
    private long retriesAtTheEnd = -1;
    private boolean finished;
    private String problem;

    Race(RaceOrder order, RaceStrategy strategy, RaceConfig config, Context loop) {
        this.order = order;
        this.strategy = strategy;
        this.config = config;
        this.loop = loop;
    }

    /** Completes when the last buyer has an answer and the keys are deleted, even after failures. */
    Future<Void> run() {
        return strategy.open(id, order.stock())
                .compose(opened -> onLoop(serveAll()))
                .recover(this::broken)
                .compose(over -> strategy.close(id).recover(this::broken))
                .transform(done -> onLoop(Future.<Void>succeededFuture()))
                .onSuccess(done -> finished = true);
    }

    /** Starts no more buyers; the running ones get their answers. */
    void stop(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    public RaceResult result() {
        long nanos = begunNanos == 0 || elapsedNanos != 0 ? elapsedNanos : System.nanoTime() - begunNanos;
        return new RaceResult(
                id.value(),
                order,
                sold,
                Math.max(0, sold - order.stock()),
                refused,
                gaveUp,
                retries + strategyRetries(),
                nanos / MILLION,
                finished,
                problem);
    }

    /** A strategy counts for the current race only. */
    private long strategyRetries() {
        return retriesAtTheEnd >= 0 ? retriesAtTheEnd : strategy.lostRounds();
    }

    private Future<Void> serveAll() {
        begunNanos = System.nanoTime();
        var places = new ArrayList<Future<Void>>();
        for (int place = 0; place < strategy.buyersAtOnce(); place++) {
            Promise<Void> over = Promise.promise();
            places.add(over.future());
            next(place, over);
        }
        return Future.join(places).<Void>mapEmpty().onComplete(over -> {
            elapsedNanos = System.nanoTime() - begunNanos;
            retriesAtTheEnd = strategy.lostRounds();
        });
    }

    private void next(int place, Promise<Void> over) {
        boolean late = System.nanoTime() - begunNanos > config.raceMax().toNanos();
        if (late && called < order.buyers()) {
            stop("time-limit");
        }
        if (problem != null || called >= order.buyers()) {
            over.complete();
            return;
        }
        serve(place, called++, 1, over);
    }

    /** Dispatched to the event loop each time, so that the stack does not grow with the number of attempts. */
    private void serve(int place, int buyer, int attempt, Promise<Void> over) {
        strategy.attempt(id, place, buyer)
                .onComplete(tried -> loop.runOnContext(v -> {
                    if (tried.failed()) {
                        stop(STORE_UNAVAILABLE);
                        over.fail(tried.cause());
                    } else if (tried.result().isPresent()) {
                        count(tried.result().get());
                        next(place, over);
                    } else if (attempt >= config.attemptsMax() || problem != null) {
                        gaveUp++;
                        next(place, over);
                    } else {
                        retries++;
                        serve(place, buyer, attempt + 1, over);
                    }
                }));
    }

    private void count(RaceAnswer answer) {
        switch (answer) {
            case SOLD -> sold++;
            case REFUSED -> refused++;
        }
    }

    private Future<Void> broken(Throwable cause) {
        LOG.warn("race {} with {} failed: {}", id, order, cause.toString());
        return onLoop(Future.<Void>succeededFuture()).onSuccess(v -> stop(STORE_UNAVAILABLE));
    }

    private <T> Future<T> onLoop(Future<T> future) {
        return Future.future(here -> future.onComplete(result -> loop.runOnContext(v -> here.handle(result))));
    }

    /** The parameters of a race. */
    public record RaceOrder(String strategy, int buyers, int stock) {}

    /**
     * The result of a race, final or so far.
     *
     * @param sold buyers who were answered that they have a unit
     * @param oversold units sold beyond the stock
     * @param gaveUp buyers who exceeded the limit of attempts
     * @param retries attempts aborted by a conflict
     * @param elapsedMs from the first buyer's call to the last one's answer
     * @param problem why not all buyers were served: {@code time-limit}, {@code store-unavailable}, {@code stopped}; else null
     */
    public record RaceResult(
            String id,
            RaceOrder order,
            long sold,
            long oversold,
            long refused,
            long gaveUp,
            long retries,
            long elapsedMs,
            boolean finished,
            String problem) {}
}
