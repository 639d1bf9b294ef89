package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.buyers.CrowdRun.CrowdProgress;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.history.SaleRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The buyers of one sale. They arrive at their own rate, however slowly requests are answered (an open model). Used on one
 * event loop, but for {@link #close()}.
 */
public final class Crowd {
    private final Vertx vertx;
    private final CrowdPlan plan;
    private final ShopClient shop;
    private final HistoryRecorder history;
    private final List<Buyer> buyers = new ArrayList<>();
    private final List<Duration> lateness = new ArrayList<>();
    private SaleRecord sale;
    private int done;
    private int reserved;
    private int repeats;
    private boolean soldOut;
    private volatile boolean closed;

    public Crowd(Vertx vertx, CrowdPlan plan, ShopClient shop, HistoryRecorder history) {
        this.vertx = vertx;
        this.plan = plan;
        this.sale = plan.sale();
        this.shop = shop;
        this.history = history;
    }

    /** Completes when every buyer is done. */
    public Future<Void> run() {
        sale = sale.begunAt(history.now());
        history.add(sale);
        return Arrivals.run(vertx, plan.buyers(), plan.perSecond(), this::arrive)
                .onSuccess(v -> {
                    sale = sale.overAt(history.now());
                    history.add(sale);
                });
    }

    /** Every buyer with a reservation sends its order again, at the same rate. */
    Future<Void> repeatOrders() {
        List<Buyer> winners = buyers.stream().filter(Buyer::hasReserved).toList();
        return Arrivals.run(
                vertx,
                winners.size(),
                plan.perSecond(),
                (number, dueAtNanos) -> winners.get(number).repeat().onComplete(end -> repeats++));
    }

    private Future<Void> arrive(int number, long dueAtNanos) {
        lateness.add(Duration.ofNanos(System.nanoTime() - dueAtNanos));
        var buyer = new Buyer(this, plan.scripts().apply(number));
        buyers.add(buyer);
        return buyer.run(history.at(dueAtNanos)).onComplete(end -> {
            done++;
            reserved += buyer.hasReserved() ? 1 : 0;
        });
    }

    CrowdProgress progress() {
        return new CrowdProgress(plan.buyers(), buyers.size(), done, reserved, repeats);
    }

    CrowdStats.Latency lateness() {
        return CrowdStats.Latency.of(lateness);
    }

    Duration length() {
        return Duration.ofNanos(1_000 * (sale.overMicros() - sale.beganMicros()));
    }

    public String sale() {
        return sale.sale();
    }

    long holdMillis() {
        return sale.holdSeconds() * 1_000;
    }

    RetryPolicy retries() {
        return plan.retries();
    }

    Future<RequestRecord> send(ShopRequest request, long dueMicros) {
        return shop.send(request, dueMicros);
    }

    Future<RequestRecord> send(ShopRequest request) {
        return shop.send(request);
    }

    Future<Void> pause(long millis) {
        return vertx.timer(Math.max(1, millis)).mapEmpty();
    }

    long now() {
        return history.now();
    }

    /** No unit can come back any more: buyers stop ordering again. */
    public void soldOut() {
        soldOut = true;
    }

    boolean isSoldOut() {
        return soldOut;
    }

    /** Buyers send nothing more than what is in flight. */
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
