package dev.doorbuster.order.edge.visit;

import dev.doorbuster.contracts.message.BuyersVisited;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.VisitorPosition;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.batch.LimitedMap;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
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
    /** Sales with a bitmap, 8 MiB in all; the one without a visit for the longest time is forgotten first. */
    static final int SALES_MAX = 32;

    private static final Duration SENT_EVERY = Duration.ofSeconds(1);
    private static final Duration ALL_SENT_EVERY = Duration.ofMinutes(1);
    private static final int[] NONE = {};
    private static final Logger LOG = LoggerFactory.getLogger(BuyerVisits.class);

    private final Publisher publisher;
    private final OneShotTimer timer;
    private final OneShotTimer allTimer;
    private boolean sending;

    private final Map<SaleId, VisitorMap> sales = new LimitedMap<>(SALES_MAX, true);

    public BuyerVisits(Vertx vertx, Publisher publisher) {
        this.publisher = publisher;
        this.timer = new OneShotTimer(vertx);
        this.allTimer = new OneShotTimer(vertx);
    }

    public Future<BuyerVisits> start() {
        timer.every(SENT_EVERY, () -> {
            Future<Void> unused = send();
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
        VisitorMap visitors = sales.get(sale);
        if (visitors == null) {
            visitors = new VisitorMap();
            sales.put(sale, visitors);
        }
        visitors.add(VisitorPosition.of(buyer));
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
            int[] again = visitors.isComplete() ? NONE : visitors.takeAgain(BuyersVisited.POSITIONS_MAX);
            if (again.length > 0) {
                rounds.add(publish(sale, BuyersVisited.again(again)).onFailure(cause -> visitors.sendAgain()));
            }
        });
        return Future.join(rounds).onComplete(done -> sending = false).transform(done -> Future.succeededFuture());
    }

    private Future<Void> publish(SaleId sale, BuyersVisited visited) {
        return publisher
                .publish(Route.visits(), Message.of(sale, visited))
                .onFailure(cause -> LOG.debug("visits are sent again: {}", cause.toString()));
    }
}
