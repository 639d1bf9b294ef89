package dev.doorbuster.order.edge.placement;

import dev.doorbuster.order.edge.order.OrderJson;
import dev.doorbuster.order.edge.pending.OrderHeaders;
import dev.doorbuster.order.edge.placement.OrderPlacement.OrderRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.IntSupplier;

/** Writes the outcome of placing an order as an HTTP response. */
final class OrderResponses {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);

    private final String lookAgainAfter;
    /** When to order again in a paused sale, whose resumption is not planned. */
    private static final String PAUSE_ASKED_AFTER_SECONDS = "10";

    private final IntSupplier retryAfterSeconds;

    /**
     * Creates the writer.
     *
     * @param lookAgainAfterSeconds when to read an order that is undecided
     * @param retryAfterSeconds when to repeat a request that was rejected
     */
    OrderResponses(int lookAgainAfterSeconds, IntSupplier retryAfterSeconds) {
        this.lookAgainAfter = Integer.toString(lookAgainAfterSeconds);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    void send(HttpServerResponse response, OrderRequest request, OrderOutcome outcome) {
        OrderHeaders.preferenceApplied(response, request.maxWait());
        if (outcome instanceof OrderOutcome.Accepted accepted) {
            OrderHeaders.location(response, accepted.order().id());
            OrderHeaders.replayed(response, accepted.replayed());
            json(response, 201, OrderJson.encoded(accepted.order()));
        } else if (outcome instanceof OrderOutcome.Pending pending) {
            OrderHeaders.location(response, pending.orderId());
            response.putHeader(Problem.RETRY_AFTER, lookAgainAfter);
            json(response, 202, OrderJson.pending(pending.orderId()).toBuffer());
        } else if (outcome instanceof OrderOutcome.Refused refused) {
            OrderHeaders.replayed(response, refused.replayed());
            refuse(response, refused.why());
        } else if (outcome instanceof OrderOutcome.NotTaken notTaken) {
            notTaken(response, request, notTaken.why());
        }
    }

    private void notTaken(HttpServerResponse response, OrderRequest request, ProblemType why) {
        if (why == ProblemType.OUTCOME_UNKNOWN) {
            response.putHeader(Problem.RETRY_AFTER, retryAfter());
            why.problem()
                    .with("id", request.orderId().toString())
                    .with("key", request.key())
                    .send(response);
        } else {
            refuse(response, why);
        }
    }

    private String retryAfter() {
        return Integer.toString(retryAfterSeconds.getAsInt());
    }

    private void refuse(HttpServerResponse response, ProblemType why) {
        if (why == ProblemType.SALE_PAUSED) {
            response.putHeader(Problem.RETRY_AFTER, PAUSE_ASKED_AFTER_SECONDS);
        } else if (why == ProblemType.OVERLOADED) {
            response.putHeader(Problem.RETRY_AFTER, retryAfter());
        }
        response.setStatusCode(why.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                .end(why.body());
    }

    private static void json(HttpServerResponse response, int status, Buffer body) {
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
    }
}
