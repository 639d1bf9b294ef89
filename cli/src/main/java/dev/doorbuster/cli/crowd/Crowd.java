package dev.doorbuster.cli.crowd;

import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A crowd in front of one sale. It arrives at its own rate whatever becomes of those before (an open model: a slow server
 * does not slow its crowd), and when all is over the winners ask again, who must hear the same. All on one event loop.
 */
public final class Crowd {
    private static final long PROGRESS_EVERY_MS = 100;

    private final Vertx vertx;
    private final CrowdPlan plan;
    private final Consumer<CrowdProgress> progress;
    private final Random random;
    private final Shop shop;
    private final BuyerTokens tokens;
    private final long beganAtNanos = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Buyer> buyers = new ArrayList<>();
    private final List<Duration> lateness = new ArrayList<>();
    private int done;
    private int reserved;
    private int encores;

    private Crowd(Vertx vertx, CrowdPlan plan, Consumer<CrowdProgress> progress) {
        this.vertx = vertx;
        this.plan = plan;
        this.progress = progress;
        this.random = new Random(plan.seed());
        this.shop = new Shop(vertx, plan);
        this.tokens = new BuyerTokens(plan.jwtSecret());
    }

    /**
     * Sends the crowd and completes with its journal when everyone knows or has given up.
     *
     * @param progress told several times a second and at the end, on an event loop
     */
    public static Future<Journal> run(Vertx vertx, CrowdPlan plan, Consumer<CrowdProgress> progress) {
        Context loop = vertx.getOrCreateContext();
        Promise<Journal> journal = Promise.promise();
        loop.runOnContext(v -> new Crowd(vertx, plan, progress).run().onComplete(journal));
        return journal.future();
    }

    private Future<Journal> run() {
        long ticker = vertx.setPeriodic(PROGRESS_EVERY_MS, tick -> tell());
        return Arrivals.run(vertx, plan.buyers(), plan.perSecond(), this::arrive)
                .map(v -> elapsed())
                .compose(crowding -> encores().map(crowding))
                .map(crowding -> new Journal(plan.saleId(), crowding, pace(), entries))
                .onComplete(ended -> {
                    boolean unused = vertx.cancelTimer(ticker);
                    tell();
                })
                .eventually(shop::close);
    }

    private Future<Void> arrive(int number, long dueAtNanos) {
        lateness.add(Duration.ofNanos(System.nanoTime() - dueAtNanos));
        String name = "b-%06d".formatted(number + 1);
        double manners = random.nextDouble();
        boolean keyless = manners < plan.manners().keylessShare();
        boolean twice = manners >= 1 - plan.manners().repeatShare();
        var scene = new Buyer.Scene(vertx, plan, shop, tokens, entries::add, random, beganAtNanos);
        var buyer = new Buyer(scene, name, keyless ? null : "key-" + name);
        buyers.add(buyer);
        return buyer.come(dueAtNanos - beganAtNanos, twice).onComplete(end -> {
            done++;
            reserved += buyer.hasReserved() ? 1 : 0;
        });
    }

    private Future<Void> encores() {
        List<Buyer> winners = buyers.stream().filter(Buyer::hasReserved).toList();
        return Arrivals.run(
                vertx,
                winners.size(),
                plan.perSecond(),
                (number, dueAtNanos) -> winners.get(number).encore().onComplete(end -> encores++));
    }

    private Pace pace() {
        int connections = plan.connectionsMax() * plan.apis().size();
        return new Pace(CrowdFigures.Latency.of(lateness), shop.requestsOutMax(), connections);
    }

    private void tell() {
        progress.accept(new CrowdProgress(elapsed(), plan.buyers(), buyers.size(), done, reserved, encores));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - beganAtNanos);
    }
}
