package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.buyers.OrderAttempts.PlacedOrder.Result;
import dev.doorbuster.crowd.buyers.RetryPolicy.RetryDelay;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import io.vertx.core.Future;
import java.util.Random;

/** One order, from the first request to a final answer or the end of the retries. */
final class OrderAttempts {
    private final Crowd crowd;
    private final BuyerScript script;
    private final RetryDelay retryDelay;
    private final RetryDelay lookDelay;
    private String key;
    private int retries;

    /** @param key null where the server is to make one */
    OrderAttempts(Crowd crowd, BuyerScript script, String key, Random random) {
        this.crowd = crowd;
        this.script = script;
        this.key = key;
        this.retryDelay = crowd.retries().retryDelay(random);
        this.lookDelay = crowd.retries().lookDelay(random);
    }

    Future<PlacedOrder> place(Attempt attempt, long dueMicros) {
        ShopRequest order = ShopRequest.order(attempt, crowd.sale(), script.name(), key, script.quantity());
        return crowd.send(order, dueMicros).compose(sent -> next(attempt, sent));
    }

    private Future<PlacedOrder> next(Attempt attempt, RequestRecord sent) {
        if (key == null) {
            key = sent.answer().key();
        }
        return switch (sent.answer().kind()) {
            case RESERVED -> ended(Result.RESERVED, sent);
            case REFUSED -> ended(sent.answer().isSoldOut() ? Result.SOLD_OUT : Result.REFUSED, sent);
            case UNEXPECTED -> ended(Result.GIVEN_UP, sent);
            case PENDING -> look(attempt, sent, 0);
            case BUSY, LOST -> retry(attempt, sent);
        };
    }

    private Future<PlacedOrder> look(Attempt attempt, RequestRecord pending, int looks) {
        if (looks == crowd.retries().looksMax() || crowd.isClosed()) {
            return retry(attempt, pending);
        }
        ShopRequest look = ShopRequest.look(
                crowd.sale(), script.name(), key, pending.answer().orderId());
        return crowd.pause(lookDelay.nextMillis(0))
                .compose(v -> crowd.send(look))
                .compose(seen ->
                        seen.answer().kind().isFinal() ? next(attempt, seen) : look(attempt, pending, looks + 1));
    }

    /** The repetition of a known reservation stays one: its answer must be the same. */
    private Future<PlacedOrder> retry(Attempt attempt, RequestRecord last) {
        if (key == null) {
            return ended(Result.UNKNOWN, last);
        }
        if (crowd.isClosed() || retries == crowd.retries().retriesMax()) {
            return ended(Result.GIVEN_UP, last);
        }
        retries++;
        Attempt again = attempt == Attempt.REPEAT ? attempt : Attempt.RETRY;
        return crowd.pause(retryDelay.nextMillis(last.answer().retryAfterSeconds()))
                .compose(v -> place(again, crowd.now()));
    }

    private Future<PlacedOrder> ended(Result result, RequestRecord last) {
        return Future.succeededFuture(new PlacedOrder(result, key, last.answer().orderId()));
    }

    /**
     * How an order ended for its buyer.
     *
     * @param key the order's key, if known
     * @param id of the order where units are reserved
     */
    record PlacedOrder(Result result, String key, String id) {
        enum Result {
            RESERVED,
            SOLD_OUT,
            /** For another reason, which ordering again would not change. */
            REFUSED,
            /** No answer, and no key to repeat the request with. */
            UNKNOWN,
            /** No retries are left, or the answer was unexpected. */
            GIVEN_UP
        }
    }
}
