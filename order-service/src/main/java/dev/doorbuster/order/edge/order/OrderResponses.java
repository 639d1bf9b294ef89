package dev.doorbuster.order.edge.place;

import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.UUID;
import java.util.function.IntSupplier;

/** Writes outcomes as HTTP. */
final class PlaceAnswers {
    private static final CharSequence REPLAYED = HttpHeaders.createOptimized("Idempotency-Replayed");
    private static final CharSequence PREFERENCE_APPLIED = HttpHeaders.createOptimized("Preference-Applied");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);

    private final String lookAgainAfter;
    private final IntSupplier retryAfterSeconds;

    /**
     * Creates it.
     *
     * @param lookAgainAfterSeconds when to look after an order that was taken
     * @param retryAfterSeconds when to repeat a request that was not
     */
    PlaceAnswers(int lookAgainAfterSeconds, IntSupplier retryAfterSeconds) {
        this.lookAgainAfter = Integer.toString(lookAgainAfterSeconds);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    void send(HttpServerResponse response, Wish wish, Outcome outcome) {
        if (!wish.patience().isZero()) {
            response.putHeader(PREFERENCE_APPLIED, "wait=" + wish.patience().toSeconds());
        }
        if (outcome instanceof Outcome.Accepted accepted) {
            location(response, accepted.order().id());
            replayed(response, accepted.replayed());
            json(response, 201, OrderPages.encoded(accepted.order()));
        } else if (outcome instanceof Outcome.Pending pending) {
            location(response, pending.orderId());
            response.putHeader(Problem.RETRY_AFTER, lookAgainAfter);
            json(response, 202, OrderPages.pending(pending.orderId()).toBuffer());
        } else if (outcome instanceof Outcome.Refused refused) {
            replayed(response, refused.replayed());
            encoded(response, refused.why());
        } else if (outcome instanceof Outcome.NotTaken notTaken) {
            response.putHeader(Problem.RETRY_AFTER, Integer.toString(retryAfterSeconds.getAsInt()));
            notTaken(response, wish, notTaken.why());
        }
    }

    private static void location(HttpServerResponse response, UUID id) {
        response.putHeader(HttpHeaders.LOCATION, "/api/orders/" + id);
    }

    private static void replayed(HttpServerResponse response, boolean replayed) {
        if (replayed) {
            response.putHeader(REPLAYED, "true");
        }
    }

    private static void notTaken(HttpServerResponse response, Wish wish, ProblemType why) {
        if (why == ProblemType.OUTCOME_UNKNOWN) {
            why.problem()
                    .with("id", wish.orderId().toString())
                    .with("key", wish.key())
                    .send(response);
        } else {
            encoded(response, why);
        }
    }

    private static void encoded(HttpServerResponse response, ProblemType why) {
        response.setStatusCode(why.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                .end(why.body());
    }

    private static void json(HttpServerResponse response, int status, Buffer body) {
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
    }
}
