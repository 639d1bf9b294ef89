package dev.doorbuster.cli.chaos.crowd;

import dev.doorbuster.cli.chaos.history.HistoryFile;
import dev.doorbuster.cli.chaos.history.Round;
import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everybody, on one event loop. They come at their own rate, whatever becomes of those before. */
public final class ChaosCrowd {
    private static final long TICK_MS = 10;
    private static final long WATCH_EVERY_MS = 1_000;
    private static final int WAIT_PREFERRED_SECONDS = 3;

    private final Vertx vertx;
    private final CrowdOrder order;
    private final HistoryFile history;
    private final Storefront shop;
    private final BuyerTokens tokens;
    private final SoldWatch watch;
    private final List<Floor> floors = new ArrayList<>();

    private ChaosCrowd(Vertx vertx, CrowdOrder order, Shop shop, HistoryFile history) {
        this.vertx = vertx;
        this.order = order;
        this.history = history;
        this.shop = new Storefront(vertx, shop.instances(), history, WAIT_PREFERRED_SECONDS);
        this.tokens = new BuyerTokens(shop.jwtSecret());
        this.watch = new SoldWatch(vertx, shop.ledger());
    }

    /**
     * What they come to.
     *
     * @param instances base address of each order-service by its name
     * @param ledger read only to see when nothing is left that could come back
     */
    public record Shop(Map<String, URI> instances, String jwtSecret, PgConnectOptions ledger) {}

    /** A crowd under way. */
    public record Running(Future<Void> allGone, Runnable close) {}

    /** Sends them to sales that are open; two sales make a round, in the order of the rounds. */
    public static Running start(Vertx vertx, CrowdOrder order, Shop shop, List<Round> rounds, HistoryFile history) {
        Context loop = vertx.getOrCreateContext();
        var crowd = new ChaosCrowd(vertx, order, shop, history);
        Promise<Void> gone = Promise.promise();
        for (Round round : rounds) {
            crowd.floors.add(new Floor(vertx, crowd.shop, crowd.tokens, round.sale()));
        }
        loop.runOnContext(v -> crowd.run(rounds).onComplete(gone));
        return new Running(gone.future(), () -> crowd.floors.forEach(Floor::close));
    }

    private Future<Void> run(List<Round> rounds) {
        long watching = vertx.setPeriodic(WATCH_EVERY_MS, tick -> watch());
        List<Future<Void>> sales = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            sales.add(sell(rounds.get(i), floors.get(i), i));
        }
        return Future.join(sales)
                .<Void>mapEmpty()
                .onComplete(end -> {
                    boolean unused = vertx.cancelTimer(watching);
                })
                .eventually(shop::close);
    }

    private Future<Void> sell(Round sale, Floor floor, int index) {
        int round = index / 2;
        return floor.pause(order.beginMillis(round))
                .compose(v -> {
                    Round begun = new Round(
                            sale.sale(),
                            sale.counter(),
                            sale.stock(),
                            sale.perBuyerLimit(),
                            sale.holdSeconds(),
                            history.now(),
                            Long.MAX_VALUE);
                    history.add(begun);
                    return arrivals(begun, floor, index).map(begun);
                })
                .map(begun -> {
                    history.add(begun.overAt(history.now()));
                    return null;
                });
    }

    private Future<Void> arrivals(Round sale, Floor floor, int index) {
        int count = order.arrivals(index / 2);
        Promise<Void> allGone = Promise.promise();
        long began = history.now();
        int[] came = {0};
        int[] gone = {0};
        long ticking = vertx.setPeriodic(TICK_MS, tick -> {
            long due = Math.min(count, (history.now() - began) * order.perSecond() / 1_000_000);
            while (came[0] < due) {
                Script script = Script.draw(order.seed(), index, came[0]++, sale.perBuyerLimit(), sale.holdSeconds());
                new Shopper(floor, script, sale.holdSeconds()).come().onComplete(end -> {
                    if (++gone[0] == count) {
                        allGone.complete();
                    }
                });
            }
        });
        return allGone.future().onComplete(end -> {
            boolean unused = vertx.cancelTimer(ticking);
        });
    }

    private void watch() {
        watch.soldForGood().onSuccess(this::tell);
    }

    private void tell(Set<String> sold) {
        floors.stream().filter(floor -> sold.contains(floor.sale())).forEach(Floor::soldForGood);
    }
}
