package dev.doorbuster.stock.counter;

import static dev.doorbuster.stock.counter.Futures.await;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One variant of the bench at work for a while, on a sale of its own. All callers share one event loop. */
final class Turn {
    private static final long STOCK = 100_000_000;
    private static final int LATENCIES_MAX = 1_000_000;

    private final Context loop;
    private final CounterBench.Variant variant;
    private final Duration duration;
    private final SaleId sale = Orders.newSale();
    private final Orders orders;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final long[] latenciesNanos = new long[LATENCIES_MAX];
    private int latencies;
    private long decided;
    private long endNanos;

    Turn(Vertx vertx, CounterBench.Variant variant, Duration duration) {
        this.loop = vertx.getOrCreateContext();
        this.variant = variant;
        this.duration = duration;
        this.orders = new Orders(variant.kind(), 1);
    }

    /**
     * What came of it.
     *
     * @param exact whether as many units were granted as are gone
     */
    record Result(long decisions, double seconds, double lostRounds, double p50Ms, double p99Ms, boolean exact) {
        double perSecond() {
            return decisions / seconds;
        }

        double lostPerDecision() {
            return lostRounds / decisions;
        }
    }

    Result run() {
        StockCounter counter = variant.counter().apply(registry);
        await(counter.install(sale, new CounterValue(1, STOCK)));
        List<CounterBench.Decide> callers = variant.callers().apply(registry);
        long begunNanos = System.nanoTime();
        endNanos = begunNanos + duration.toNanos();
        Promise<Void> done = Promise.promise();
        loop.runOnContext(v -> Future.join(callers.stream().map(this::ask).toList())
                .<Void>mapEmpty()
                .onComplete(done));
        await(done.future());
        double seconds = (System.nanoTime() - begunNanos) / 1e9;
        double lostRounds = registry.get("doorbuster.stock.lost.rounds").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        Arrays.sort(latenciesNanos, 0, latencies);
        long left = await(counter.decide(sale, List.of(orders.by("the last"))))
                .after()
                .available();
        return new Result(
                decided, seconds, lostRounds, percentileMs(0.5), percentileMs(0.99), STOCK - left == decided + 1);
    }

    private double percentileMs(double share) {
        return latenciesNanos[(int) (share * (latencies - 1))] / 1e6;
    }

    /** A caller asks, and asks again when it has its answer, until the time is over. */
    private Future<Void> ask(CounterBench.Decide caller) {
        Promise<Void> over = Promise.promise();
        askAgain(caller, over);
        return over.future();
    }

    private void askAgain(CounterBench.Decide caller, Promise<Void> over) {
        long now = System.nanoTime();
        if (now >= endNanos) {
            over.complete();
            return;
        }
        caller.decide(sale, newOrders())
                .onSuccess(answer -> {
                    decided += variant.ordersAtOnce();
                    if (latencies < LATENCIES_MAX) {
                        latenciesNanos[latencies++] = System.nanoTime() - now;
                    }
                    loop.runOnContext(v -> askAgain(caller, over));
                })
                .onFailure(over::fail);
    }

    private List<OrderPlaced> newOrders() {
        var placed = new ArrayList<OrderPlaced>(variant.ordersAtOnce());
        for (int i = 0; i < variant.ordersAtOnce(); i++) {
            placed.add(orders.by("buyer-" + decided + "-" + System.nanoTime()));
        }
        return placed;
    }
}
