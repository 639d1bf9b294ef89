package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.ArrivalPace;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.HistoryRecorder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One crowd at one sale; when all buyers are done, those with a reservation send their orders again. */
public final class CrowdRun {
    private static final long PROGRESS_EVERY_MS = 100;

    private final Vertx vertx;
    private final ShopClient.Settings settings;
    private final Consumer<CrowdProgress> progress;
    private final HistoryRecorder history = HistoryRecorder.inMemory();
    private final ShopClient shop;
    private final Crowd crowd;

    private CrowdRun(Vertx vertx, ShopClient.Settings settings, CrowdPlan plan, Consumer<CrowdProgress> progress) {
        this.vertx = vertx;
        this.settings = settings;
        this.progress = progress;
        this.shop = new ShopClient(vertx, settings, history);
        this.crowd = new Crowd(vertx, plan, shop, history);
    }

    /**
     * What became of it.
     *
     * @param clock of the history
     * @param length from the first arrival until the last buyer was done; the repetitions came after
     */
    public record Result(CrowdHistory history, LongSupplier clock, Duration length, ArrivalPace pace) {
        public CrowdStats stats() {
            return CrowdStats.of(history, length);
        }
    }

    /**
     * Completes when all buyers are done.
     *
     * @param progress called several times a second and at the end, on an event loop
     */
    public static Future<Result> run(
            Vertx vertx, ShopClient.Settings settings, CrowdPlan plan, Consumer<CrowdProgress> progress) {
        Context loop = vertx.getOrCreateContext();
        return Future.future(result -> loop.runOnContext(
                v -> new CrowdRun(vertx, settings, plan, progress).run().onComplete(result)));
    }

    private Future<Result> run() {
        long ticker = vertx.setPeriodic(PROGRESS_EVERY_MS, tick -> progress.accept(crowd.progress()));
        return crowd.run()
                .compose(v -> crowd.repeatOrders())
                .map(v -> new Result(history.read(), history::now, crowd.length(), pace()))
                .onComplete(ended -> {
                    boolean unused = vertx.cancelTimer(ticker);
                    progress.accept(crowd.progress());
                })
                .eventually(shop::close);
    }

    private ArrivalPace pace() {
        int connections = settings.connectionsMax() * settings.instances().size();
        return new ArrivalPace(crowd.lateness(), shop.requestsInFlightMax(), connections);
    }

    /**
     * How far a crowd is.
     *
     * @param arrived buyers who have sent their first request
     * @param done buyers with a final answer, or without retries
     * @param reserved buyers with a reservation
     * @param repeats reserved orders that were sent again
     */
    public record CrowdProgress(int buyers, int arrived, int done, int reserved, int repeats) {}
}
