package dev.doorbuster.order.edge.visit;

import dev.doorbuster.contracts.message.BuyersVisited;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.VisitorPosition;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which buyers came to a sale, for the live statistics; no decision depends on it. To be used on one event loop only.
 *
 * <p>A request costs a hash and the test of a bit. Once a second the new positions of each sale are published in one message, and
 * each minute all of them again: so the statistics come back after their store was lost, and this edge need not learn of it.
 */
public final class BuyerVisits {
    /** Memory for the buyers of all sales; the sale without a visit for the longest time is forgotten first. */
    private static final long BYTES_MAX = 8L * 1024 * 1024;

    private static final Duration SENT_EVERY = Duration.ofSeconds(1);
    private static final Duration ALL_SENT_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(BuyerVisits.class);

    private final Publisher publisher;
    private final OneShotTimer timer;
    private final OneShotTimer allTimer;
    private boolean sending;

    private final Map<SaleId, VisitorMap> sales = new LinkedHashMap<>(16, 0.75f, true);

    public BuyerVisits(Vertx vertx, Publisher publisher) {
        this.publisher = publisher;
        this.timer = new OneShotTimer(vertx);
        this.allTimer = new OneShotTimer(vertx);
    }

    public Future<BuyerVisits> start() {
        timer.every(SENT_EVERY, () -> {
            Future<Void> unused = send();
            forgetBeyond(BYTES_MAX);
        });
        allTimer.every(ALL_SENT_EVERY, this::sendAllAgain);
        return Future.succeededFuture(this);
    }

    public Future<Void> stop() {
        timer.cancel();
        allTimer.cancel();
        return send();
    }

    /** A buyer with a session requested something of a sale that has not ended. */
    public void visited(SaleId sale, String buyer) {
        sales.computeIfAbsent(sale, added -> new VisitorMap()).add(VisitorPosition.of(buyer));
    }

    void sendAllAgain() {
        sales.values().forEach(VisitorMap::sendAgain);
    }

    /** Publishes a message for each sale with new visitors, and one with visitors to be sent again; one round at a time. */
    Future<Void> send() {
        if (sending || !publisher.isOpen()) {
            return Future.succeededFuture();
        }
        sending = true;
        var rounds = new ArrayList<Future<Void>>();
        sales.forEach((sale, visitors) -> {
            int[] positions = visitors.take(BuyersVisited.POSITIONS_MAX);
            if (positions.length > 0) {
                rounds.add(publish(sale, BuyersVisited.at(positions)).onFailure(cause -> visitors.putBack(positions)));
            }
            int[] again = visitors.takeAgain(BuyersVisited.POSITIONS_MAX);
            if (again.length > 0) {
                rounds.add(publish(sale, BuyersVisited.again(again)).onFailure(cause -> visitors.sendAgain()));
            }
        });
        return Future.join(rounds).onComplete(done -> sending = false).transform(done -> Future.succeededFuture());
    }

    void forgetBeyond(long bytesMax) {
        long bytes = sales.values().stream().mapToLong(VisitorMap::bytes).sum();
        Iterator<VisitorMap> eldestFirst = sales.values().iterator();
        while (bytes > bytesMax) {
            bytes -= eldestFirst.next().bytes();
            eldestFirst.remove();
        }
    }

    private Future<Void> publish(SaleId sale, BuyersVisited visited) {
        return publisher
                .publish(Route.visits(), Message.of(sale, visited))
                .onFailure(cause -> LOG.debug("visits are sent again: {}", cause.toString()));
    }
}
