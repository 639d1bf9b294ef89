package dev.doorbuster.crowd.room;

import dev.doorbuster.crowd.buyers.Arrivals;
import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The buyers of a sale with a waiting room, on one event loop. */
public final class RoomCrowd {
    private static final int CONNECTIONS_MAX = 2_000;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(30);
    private static final Duration LAG_EVERY = Duration.ofMillis(20);

    private final Vertx vertx;
    private final Context loop;
    private final RoomPlan plan;
    private final RoomSamples samples = new RoomSamples();
    private final BuyerTokens tokens;
    private final RoomBuyer.Clients clients;
    private final List<RoomBuyer> buyers = new ArrayList<>();
    private volatile long lagTimer;

    public RoomCrowd(Vertx vertx, RoomPlan plan) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.plan = plan;
        this.tokens = new BuyerTokens(plan.jwtSecret());
        this.clients = new RoomBuyer.Clients(
                vertx.createHttpClient(
                        new HttpClientOptions().setMaxPoolSize(CONNECTIONS_MAX).setMaxWaitQueueSize(-1)),
                new RoomStream.Shared(vertx.createNetClient(
                        new NetClientOptions().setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis())))));
        loop.runOnContext(v -> measureLag(System.nanoTime()));
    }

    private void measureLag(long setAt) {
        lagTimer = vertx.setTimer(LAG_EVERY.toMillis(), fired -> {
            samples.lags().record(Math.max(0, System.nanoTime() - setAt - LAG_EVERY.toNanos()));
            measureLag(System.nanoTime());
        });
    }

    /** Fills the lobby; completes when each of its buyers was told a place. */
    public Future<Void> enterLobby() {
        return arrive(0, plan.lobby(), RoomBuyer::join);
    }

    /** The buyers who come after the opening; completes when all buyers, those of the lobby too, are done. */
    public Future<Void> comeLate() {
        return arrive(plan.lobby(), plan.late(), buyer -> {
                    Future<Void> unused = buyer.join();
                    return buyer.done();
                })
                .compose(
                        late -> Future.join(buyers.stream().map(RoomBuyer::done).toList()))
                .mapEmpty();
    }

    private interface Begin {
        Future<Void> of(RoomBuyer buyer);
    }

    private Future<Void> arrive(int first, int count, Begin begin) {
        return Future.future(all ->
                loop.runOnContext(v -> Arrivals.run(vertx, count, plan.perSecond(), (number, due) -> {
                            var buyer = new RoomBuyer(vertx, clients, plan, samples, tokens, first + number);
                            buyers.add(buyer);
                            return begin.of(buyer);
                        })
                        .onComplete(all)));
    }

    /** What the buyers were told until now. */
    public Future<RoomReport> report() {
        return Future.future(report -> loop.runOnContext(v -> report.complete(
                samples.report(buyers.stream().map(RoomBuyer::told).toList()))));
    }

    public Future<Void> close() {
        boolean unused = vertx.cancelTimer(lagTimer);
        return clients.requests().close().compose(closed -> clients.streams().close());
    }
}
