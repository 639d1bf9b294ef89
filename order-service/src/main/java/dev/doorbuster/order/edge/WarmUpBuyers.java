package dev.doorbuster.order.edge;

import dev.doorbuster.order.edge.WarmUp.WarmUpConfig;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulates a number of buyers, a few concurrently, until all have been served, one fails, or the time limit is
 * reached. To be used on one event loop only.
 */
final class WarmUpBuyers {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUpBuyers.class);
    private static final int AT_ONCE_MAX = 8;

    private final Vertx vertx;
    private final String what;
    private final WarmUpConfig config;
    private final int connectionsMax;
    private final Function<String, Future<Void>> serve;
    private int begun;
    private int served;
    private boolean over;

    /**
     * @param what description for the log
     * @param serve sends the requests of the buyer with that name
     */
    WarmUpBuyers(
            Vertx vertx, String what, WarmUpConfig config, int connectionsMax, Function<String, Future<Void>> serve) {
        this.vertx = vertx;
        this.what = what;
        this.config = config;
        this.connectionsMax = connectionsMax;
        this.serve = serve;
    }

    /** Never fails. */
    Future<Void> run() {
        long began = System.nanoTime();
        int connections = Math.min(AT_ONCE_MAX, connectionsMax);
        Duration max = config.max();
        return EventLoop.within(
                        vertx,
                        max,
                        "its " + max.toMillis() + " ms have passed",
                        Future.all(Stream.generate(this::serveNext)
                                .limit(connections)
                                .toList()))
                .<Void>mapEmpty()
                .onSuccess(done -> LOG.info(
                        "warmed up {} with {} buyers in {} ms", what, served, (System.nanoTime() - began) / 1_000_000))
                .onFailure(cause -> LOG.warn(
                        "the warm-up of {} ended after {} of {} buyers: {}. The first real ones may be answered late."
                                + " Check whether a server is down; if the machine is slow, give it more processors",
                        what,
                        served,
                        config.buyers(),
                        cause.getMessage()))
                .onComplete(done -> over = true)
                .otherwiseEmpty();
    }

    private Future<Void> serveNext() {
        if (over || begun == config.buyers()) {
            return Future.succeededFuture();
        }
        return serve.apply("warm-up-" + begun++).compose(done -> {
            served++;
            return serveNext();
        });
    }
}
