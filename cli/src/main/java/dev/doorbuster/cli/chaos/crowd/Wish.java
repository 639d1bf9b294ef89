package dev.doorbuster.cli.chaos.crowd;

import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Request;
import io.vertx.core.Future;
import java.util.Random;

/** One order, from the first request to a clear answer, however often it has to be repeated. */
final class Wish {
    private static final int LOOKS_MAX = 4;
    private static final long LOOK_AFTER_MS = 400;
    private static final long AGAIN_AFTER_MS = 300;

    private final Floor floor;
    private final String buyer;
    private final String token;
    private final int quantity;
    private final Backoff looking;
    private final Backoff repeating;
    private String key;

    /** The key may be null: then the shop gives it one. */
    Wish(Floor floor, String buyer, String token, int quantity, String key, Random random) {
        this.floor = floor;
        this.buyer = buyer;
        this.token = token;
        this.quantity = quantity;
        this.key = key;
        this.looking = new Backoff(LOOK_AFTER_MS, random);
        this.repeating = new Backoff(AGAIN_AFTER_MS, random);
    }

    Future<Place> place() {
        return floor.send(Request.order(floor.sale(), buyer, key, quantity), token)
                .compose(this::heard);
    }

    private Future<Place> heard(Exchange exchange) {
        if (key == null) {
            key = exchange.answer().key();
        }
        if (exchange.isTakenIn()) {
            return ended(Place.Kind.HELD, exchange);
        }
        if (exchange.isRefused()) {
            return ended(exchange.isSoldOut() ? Place.Kind.SOLD_OUT : Place.Kind.REFUSED, exchange);
        }
        if (floor.isClosed()) {
            return ended(Place.Kind.GIVEN_UP, exchange);
        }
        if (exchange.isPending()) {
            return look(exchange.answer().id(), 0);
        }
        if (!exchange.isPutOff()) {
            return ended(Place.Kind.GIVEN_UP, exchange);
        }
        return key == null
                ? ended(Place.Kind.UNKNOWN, exchange)
                : pause(exchange).compose(v -> place());
    }

    private Future<Place> look(String order, int looks) {
        if (looks == LOOKS_MAX || floor.isClosed()) {
            return place();
        }
        return floor.pause(looking.nextMillis())
                .compose(v -> floor.send(Request.look(floor.sale(), buyer, key, order), token))
                .compose(seen -> seen.isTakenIn() || seen.isRefused() ? heard(seen) : look(order, looks + 1));
    }

    private Future<Place> ended(Place.Kind kind, Exchange exchange) {
        return Future.succeededFuture(new Place(kind, key, exchange.answer().id()));
    }

    /** As the shop asks, and ever longer. */
    private Future<Void> pause(Exchange exchange) {
        long asked = Math.max(0, exchange.answer().retryAfterSeconds()) * 1000L;
        return floor.pause(repeating.nextMillis(asked));
    }
}
