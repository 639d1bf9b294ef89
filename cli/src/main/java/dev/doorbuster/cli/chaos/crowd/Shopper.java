package dev.doorbuster.cli.chaos.crowd;

import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Request;
import io.vertx.core.Future;
import java.util.Random;

/** One buyer, who follows a script through one sale. */
final class Shopper {
    private static final long ASK_AGAIN_MS = 800;
    private static final long REPEAT_MS = 500;
    /** The hold's end is swept a little after it. */
    private static final long SWEPT_AFTER_MS = 8_000;

    private final Floor floor;
    private final Script script;
    private final long holdMillis;
    private final String token;
    private final Random random;
    private final Backoff asking;

    Shopper(Floor floor, Script script, int holdSeconds) {
        this.floor = floor;
        this.script = script;
        this.holdMillis = holdSeconds * 1000L;
        this.token = floor.token(script.name());
        this.random = new Random(script.seed());
        this.asking = new Backoff(ASK_AGAIN_MS, random);
    }

    /** Completes when nothing more will be asked. */
    Future<Void> come() {
        return want(1);
    }

    private Future<Void> want(int attempt) {
        String key = script.keyless() && attempt == 1 ? null : script.name() + "-" + attempt;
        Future<Place> place = wish(key);
        if (script.twin() && attempt == 1) {
            place = Future.join(place, wish(key)).map(both -> both.<Place>resultAt(0));
        }
        return place.compose(end -> switch (end.kind()) {
            case HELD -> use(end);
            case SOLD_OUT, UNKNOWN -> askAnew(attempt);
            case REFUSED, GIVEN_UP -> Future.succeededFuture();
        });
    }

    private Future<Place> wish(String key) {
        return new Wish(floor, script.name(), token, script.quantity(), key, random).place();
    }

    /** A refusal by the counter spends nothing; a new request takes a new key all the same, as buyers are told to. */
    private Future<Void> askAnew(int attempt) {
        if (!script.intent().isPersistent() || floor.isSoldForGood() || floor.isClosed()) {
            return Future.succeededFuture();
        }
        return floor.pause(asking.nextMillis()).compose(v -> want(attempt + 1));
    }

    private Future<Void> use(Place place) {
        return floor.pause(script.thinkMillis())
                .compose(v -> mistakes(place))
                .compose(v -> act(place))
                .compose(v -> look(place));
    }

    /** What real people do besides. */
    private Future<Void> mistakes(Place place) {
        Future<Void> done = Future.succeededFuture();
        if (script.encore()) {
            done = done.compose(v -> wish(place.key())).mapEmpty();
        }
        if (script.reuse()) {
            Request other = Request.reuse(floor.sale(), script.name(), place.key(), script.quantity() + 1);
            done = done.compose(v -> floor.send(other, token)).mapEmpty();
        }
        if (script.greedy()) {
            done = done.compose(v -> wish(script.name() + "-more"))
                    .compose(more -> more.kind() == Place.Kind.HELD ? pay(more, "more") : Future.succeededFuture());
        }
        return done;
    }

    private Future<Void> act(Place place) {
        return switch (script.intent()) {
            case PAY -> pay(place, "r1");
            case PAY_TWICE -> Future.join(pay(place, "r1"), pay(place, "r1")).mapEmpty();
            case PAY_DOUBLE -> pay(place, "r1").compose(v -> pay(place, "r2"));
            case CANCEL -> cancel(place);
            case CANCEL_AND_PAY -> cancel(place).compose(v -> pay(place, "r1"));
            case ABANDON -> floor.pause(holdMillis + SWEPT_AFTER_MS);
            case PAY_LATE -> floor.pause(script.lateMillis()).compose(v -> pay(place, "r1"));
        };
    }

    private Future<Void> pay(Place place, String reference) {
        Request request = Request.pay(
                floor.sale(),
                script.name(),
                place.key(),
                place.order(),
                script.name() + "-" + place.order().substring(0, 8) + "-" + reference);
        return untilClear(request, new Backoff(REPEAT_MS, random));
    }

    private Future<Void> cancel(Place place) {
        return untilClear(
                Request.cancel(floor.sale(), script.name(), place.key(), place.order()),
                new Backoff(REPEAT_MS, random));
    }

    /** 202 says that it is safe, not what became of it: asking again with the same reference tells. */
    private Future<Void> untilClear(Request request, Backoff repeating) {
        return floor.send(request, token).compose(exchange -> {
            boolean again = exchange.isPutOff()
                    || exchange.answer().status() == 202
                    || exchange.answer().is(409, "order-pending");
            return again && !floor.isClosed()
                    ? floor.pause(repeating.nextMillis()).compose(v -> untilClear(request, repeating))
                    : Future.succeededFuture();
        });
    }

    /** How it stands in the end. */
    private Future<Void> look(Place place) {
        Future<Exchange> seen =
                floor.send(Request.look(floor.sale(), script.name(), place.key(), place.order()), token);
        return seen.mapEmpty();
    }
}
