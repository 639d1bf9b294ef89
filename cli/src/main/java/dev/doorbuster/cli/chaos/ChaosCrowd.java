package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.buyers.BuyerScript;
import dev.doorbuster.crowd.buyers.Crowd;
import dev.doorbuster.crowd.buyers.CrowdPlan;
import dev.doorbuster.crowd.buyers.RetryPolicy;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.history.SaleRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated buyers of all sales, on one event loop; two sales form a round, in the order of the rounds. Further sales are
 * probes: a few orders a second, for as long as the run lasts.
 */
final class ChaosCrowd {
    private static final long WATCH_EVERY_MS = 1_000;
    private static final int CONNECTIONS_MAX = 1_500;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration WAIT_PREFERRED = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final CrowdSchedule schedule;
    private final ShopClient shop;
    private final SoldOutReader soldOut;
    private final List<Crowd> crowds = new ArrayList<>();
    private final List<Long> beginMillis = new ArrayList<>();
    private final Promise<Void> allDone = Promise.promise();

    ChaosCrowd(
            Vertx vertx,
            CrowdSchedule schedule,
            RunningSystem system,
            List<SaleRecord> sales,
            List<SaleRecord> probes,
            HistoryRecorder history) {
        this.vertx = vertx;
        this.schedule = schedule;
        this.shop = new ShopClient(vertx, settings(system), history);
        this.soldOut = new SoldOutReader(vertx, system.ledger());
        for (int i = 0; i < sales.size(); i++) {
            crowds.add(new Crowd(vertx, plan(i, sales.get(i)), shop, history));
            beginMillis.add(schedule.beginMillis(i / 2));
        }
        for (SaleRecord probe : probes) {
            crowds.add(new Crowd(vertx, probes(probe), shop, history));
            beginMillis.add(0L);
        }
    }

    /** Starts the arrivals at open sales. */
    void start() {
        vertx.getOrCreateContext().runOnContext(v -> run());
    }

    /** Completes when every buyer is done. */
    Future<Void> allDone() {
        return allDone.future();
    }

    /** Stops the buyers from sending further requests. */
    void close() {
        crowds.forEach(Crowd::close);
    }

    private static ShopClient.Settings settings(RunningSystem system) {
        Map<String, URI> instances = new LinkedHashMap<>();
        for (RunningService service : system.orderServices()) {
            instances.put(service.name(), service.http());
        }
        return new ShopClient.Settings(
                instances, system.secrets().jwtSecret(), CONNECTIONS_MAX, CONNECT_MAX, ANSWER_MAX, WAIT_PREFERRED);
    }

    private CrowdPlan plan(int index, SaleRecord sale) {
        return new CrowdPlan(
                sale,
                schedule.arrivals(index / 2),
                schedule.perSecond(),
                number -> BuyerScript.draw(schedule.seed(), index, number, sale.perBuyerLimit(), sale.holdSeconds()),
                RetryPolicy.unlimited());
    }

    private CrowdPlan probes(SaleRecord sale) {
        return CrowdPlan.simple(sale, schedule.probes(), CrowdSchedule.PROBES_PER_SECOND, 0, 0)
                .with(RetryPolicy.unlimited());
    }

    private void run() {
        long watching = vertx.setPeriodic(
                WATCH_EVERY_MS,
                tick -> soldOut.read()
                        .onSuccess(sales -> crowds.stream()
                                .filter(crowd -> sales.contains(crowd.sale()))
                                .forEach(Crowd::soldOut)));
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < crowds.size(); i++) {
            Crowd crowd = crowds.get(i);
            running.add(vertx.timer(Math.max(1, beginMillis.get(i))).compose(v -> crowd.run()));
        }
        Future.join(running)
                .<Void>mapEmpty()
                .onComplete(end -> {
                    boolean unused = vertx.cancelTimer(watching);
                })
                .eventually(shop::close)
                .onComplete(allDone);
    }
}
