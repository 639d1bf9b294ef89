package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.buyers.OrderAttempts.PlacedOrder;
import dev.doorbuster.crowd.buyers.OrderAttempts.PlacedOrder.Result;
import dev.doorbuster.crowd.buyers.RetryPolicy.RetryDelay;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A simulated buyer, who follows a script through one sale. */
final class Buyer {
    private static final Duration ORDER_AGAIN = Duration.ofMillis(800);
    private static final Duration SEND_AGAIN = Duration.ofMillis(500);
    /** The end of a hold is processed some seconds after it. */
    private static final long SWEPT_AFTER_MS = 8_000;

    private final Crowd crowd;
    private final BuyerScript script;
    private final Random random;
    private final RetryDelay orderAgain;
    private Optional<PlacedOrder> reserved = Optional.empty();

    Buyer(Crowd crowd, BuyerScript script) {
        this.crowd = crowd;
        this.script = script;
        this.random = new Random(script.seed());
        this.orderAgain = crowd.retries().delay(ORDER_AGAIN, random);
    }

    /** Completes when the script is done. */
    Future<Void> run(long dueMicros) {
        return order(1, dueMicros);
    }

    boolean hasReserved() {
        return reserved.isPresent();
    }

    /** Sends the reserved order again. */
    Future<Void> repeat() {
        return place(Attempt.REPEAT, reserved.orElseThrow().key(), crowd.now()).mapEmpty();
    }

    private Future<Void> order(int attempt, long dueMicros) {
        String key = script.keyless() && attempt == 1 ? null : script.name() + "-" + attempt;
        Future<PlacedOrder> placed = place(Attempt.FIRST, key, dueMicros);
        if (script.duplicate() && attempt == 1) {
            placed = Future.join(placed, place(Attempt.DUPLICATE, key, crowd.now()))
                    .map(both -> reservedOrFirst(both.list()));
        }
        return placed.compose(order -> switch (order.result()) {
            case RESERVED -> use(order);
            case SOLD_OUT, UNKNOWN -> orderAgain(attempt);
            case REFUSED, GIVEN_UP -> Future.succeededFuture();
        });
    }

    private static PlacedOrder reservedOrFirst(List<PlacedOrder> both) {
        return both.stream()
                .filter(order -> order.result() == Result.RESERVED)
                .findFirst()
                .orElse(both.get(0));
    }

    private Future<PlacedOrder> place(Attempt attempt, String key, long dueMicros) {
        return new OrderAttempts(crowd, script, key, random).place(attempt, dueMicros);
    }

    /** A counter's refusal does not use the key up; another request takes a new one all the same, as documented. */
    private Future<Void> orderAgain(int attempt) {
        if (!script.action().isPersistent() || crowd.isSoldOut() || crowd.isClosed()) {
            return Future.succeededFuture();
        }
        return crowd.pause(orderAgain.nextMillis(0)).compose(v -> order(attempt + 1, crowd.now()));
    }

    private Future<Void> use(PlacedOrder order) {
        reserved = Optional.of(order);
        if (script.action() == BuyerAction.KEEP) {
            return Future.succeededFuture();
        }
        return crowd.pause(script.thinkMillis())
                .compose(v -> besides(order))
                .compose(v -> act(order))
                .compose(v -> send(ShopRequest.look(crowd.sale(), script.name(), order.key(), order.id())));
    }

    /** Requests that the script has besides its action. */
    private Future<Void> besides(PlacedOrder order) {
        Future<Void> done = Future.succeededFuture();
        if (script.repeat()) {
            done = done.compose(v -> repeat());
        }
        if (script.reuse()) {
            done = done.compose(
                    v -> send(ShopRequest.reuse(crowd.sale(), script.name(), order.key(), script.quantity() + 1)));
        }
        if (script.second()) {
            done = done.compose(v -> place(Attempt.FIRST, script.name() + "-more", crowd.now()))
                    .compose(more -> more.result() == Result.RESERVED ? pay(more, "more") : Future.succeededFuture());
        }
        return done;
    }

    private Future<Void> act(PlacedOrder order) {
        return switch (script.action()) {
            case KEEP -> Future.succeededFuture();
            case PAY -> pay(order, "r1");
            case PAY_TWICE -> Future.join(pay(order, "r1"), pay(order, "r1")).mapEmpty();
            case PAY_DOUBLE -> pay(order, "r1").compose(v -> pay(order, "r2"));
            case CANCEL -> cancel(order);
            case CANCEL_AND_PAY -> cancel(order).compose(v -> pay(order, "r1"));
            case ABANDON -> crowd.pause(crowd.holdMillis() + SWEPT_AFTER_MS);
            case PAY_LATE -> crowd.pause(script.lateMillis()).compose(v -> pay(order, "r1"));
        };
    }

    private Future<Void> pay(PlacedOrder order, String reference) {
        String unique = script.name() + "-" + order.id().substring(0, 8) + "-" + reference;
        return untilDecided(ShopRequest.pay(crowd.sale(), script.name(), order.key(), order.id(), unique));
    }

    private Future<Void> cancel(PlacedOrder order) {
        return untilDecided(ShopRequest.cancel(crowd.sale(), script.name(), order.key(), order.id()));
    }

    private Future<Void> untilDecided(ShopRequest request) {
        return untilDecided(request, crowd.retries().delay(SEND_AGAIN, random));
    }

    /** 202 means accepted, not decided: the same request again tells what was decided. */
    private Future<Void> untilDecided(ShopRequest request, RetryDelay delay) {
        return crowd.send(request).compose(sent -> {
            AnswerKind kind = sent.answer().kind();
            boolean again = kind == AnswerKind.BUSY
                    || kind == AnswerKind.LOST
                    || sent.answer().httpStatus() == 202
                    || sent.answer().is(409, "order-pending");
            return again && !crowd.isClosed()
                    ? crowd.pause(delay.nextMillis(0)).compose(v -> untilDecided(request, delay))
                    : Future.succeededFuture();
        });
    }

    private Future<Void> send(ShopRequest request) {
        return crowd.send(request).mapEmpty();
    }
}
