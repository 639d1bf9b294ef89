package dev.doorbuster.cli.chaos.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Set;

/**
 * One request on the wire and its answer.
 *
 * @param instance the order-service that was asked
 * @param sentMicros since the run began
 * @param answeredMicros since the run began; when the buyer gave up, where no answer came
 */
public record Exchange(Request request, String instance, long sentMicros, long answeredMicros, Answer answer) {
    private static final Set<String> TAKEN_IN = Set.of("RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE");
    private static final Set<String> REFUSALS =
            Set.of("sold-out", "not-enough-left", "limit-reached", "sale-not-open", "sale-closed", "invalid");

    /** The answer names a state that only an order has to which the ledger once gave units. */
    @JsonIgnore
    public boolean isTakenIn() {
        return answer.status() / 100 == 2 && answer.state() != null && TAKEN_IN.contains(answer.state());
    }

    @JsonIgnore
    public boolean isPending() {
        return answer.status() / 100 == 2 && "PENDING".equals(answer.state());
    }

    /** A clear no to an order. */
    @JsonIgnore
    public boolean isRefused() {
        return answer.status() == 409
                ? answer.reason() != null && REFUSALS.contains(answer.reason())
                : answer.status() / 100 == 2 && "REJECTED".equals(answer.state());
    }

    /** The request has certainly had no effect. */
    @JsonIgnore
    public boolean isNeverTaken() {
        return answer.lost() == Answer.Lost.NOT_CONNECTED
                || answer.is(503, "overloaded")
                || answer.status() == 429
                || answer.status() == 422;
    }

    /** Not now: try again. */
    @JsonIgnore
    public boolean isPutOff() {
        return answer.status() == 0 || answer.status() == 429 || answer.status() == 503;
    }

    @JsonIgnore
    public boolean isSoldOut() {
        return isRefused() && ("sold-out".equals(answer.reason()) || "not-enough-left".equals(answer.reason()));
    }

    public boolean is(Request.Kind kind) {
        return request.kind() == kind;
    }

    @Override
    public String toString() {
        return "%s %s key %s%s at %s, %.3f to %.3f s: %d%s%s%s%s%s"
                .formatted(
                        request.buyer(),
                        request.kind(),
                        request.key(),
                        request.reference() == null ? "" : " reference " + request.reference(),
                        instance,
                        sentMicros / 1e6,
                        answeredMicros / 1e6,
                        answer.status(),
                        said(answer.state()),
                        said(answer.reason()),
                        said(answer.lost()),
                        answer.replayed() ? " replayed" : "",
                        answer.id() == null ? "" : " order " + answer.id());
    }

    private static String said(Object word) {
        return word == null ? "" : " " + word;
    }
}
