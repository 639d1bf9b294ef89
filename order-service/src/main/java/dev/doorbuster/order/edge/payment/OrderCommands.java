package dev.doorbuster.order.edge.hold;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.place.Preference;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.PublishException;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;

/** What requests about holds have in common: their patience, and the answers of those that were not told the ledger's. */
final class HoldAnswers {
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final String PREFERENCE_APPLIED = "Preference-Applied";

    private final Duration patience;
    private final Duration waitMax;
    private final int retryAfterSeconds;

    /**
     * Creates the answers of an edge.
     *
     * @param patience how long a client is kept waiting that does not say
     * @param waitMax the longest wait that a client gets, whatever it prefers
     */
    HoldAnswers(Duration patience, Duration waitMax, int retryAfterSeconds) {
        this.patience = patience;
        this.waitMax = waitMax;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** How long this client wants to wait for the ledger's answer. */
    Duration patience(ApiRequest request) {
        Duration preferred = Preference.patience(request.http(), waitMax);
        if (preferred.isZero()) {
            return patience;
        }
        request.response().putHeader(PREFERENCE_APPLIED, "wait=" + preferred.toSeconds());
        return preferred;
    }

    /** Completes when the client has gone away. */
    static Future<Void> gone(ApiRequest request) {
        Promise<Void> gone = Promise.promise();
        request.response().closeHandler(closed -> gone.tryComplete());
        return gone.future();
    }

    /** Says of a command whose confirm did not come, with {@code detail}, that nobody can tell whether it was taken. */
    <T> Future<T> unconfirmed(Future<T> move, String detail, UUID orderId) {
        return move.recover(cause -> {
            boolean unknown =
                    cause instanceof PublishException failure && failure.kind() == PublishException.Kind.UNCONFIRMED;
            Problem problem = ProblemType.OUTCOME_UNKNOWN.problem(detail).with("id", orderId.toString());
            return Future.failedFuture(unknown ? new ProblemException(problem) : cause);
        });
    }

    /** The command is on its way, and this is the order as it was last seen. */
    void notYet(ApiRequest request, JsonObject order) {
        request.response()
                .putHeader(HttpHeaders.LOCATION, "/api/orders/" + order.getString("id"))
                .putHeader(Problem.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        request.json(202, order);
    }

    void replayed(ApiRequest request, boolean replayed) {
        if (replayed) {
            request.response().putHeader(REPLAYED, "true");
        }
    }
}
