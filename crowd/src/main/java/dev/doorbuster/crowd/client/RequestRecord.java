package dev.doorbuster.crowd.client;

import dev.doorbuster.crowd.client.ShopRequest.Attempt;
import java.time.Duration;

/**
 * One request and its answer. Times are microseconds since the history began.
 *
 * @param instance the order-service that was asked
 * @param dueMicros when the buyer meant to send it: earlier than {@code sentMicros} where the crowd is late or waits for
 *     a connection
 * @param answeredMicros where no answer came, when that was known
 */
public record RequestRecord(
        ShopRequest request, String instance, long dueMicros, long sentMicros, long answeredMicros, ShopAnswer answer) {
    public boolean is(ShopRequest.Kind kind) {
        return request.kind() == kind;
    }

    public boolean is(AnswerKind kind) {
        return answer.kind() == kind;
    }

    public boolean is(Attempt attempt) {
        return request.attempt() == attempt;
    }

    /** The order's key as sent or, where none was sent, as the answer names it; null where neither. */
    public String key() {
        return request.key() == null ? answer.key() : request.key();
    }

    public boolean isSentAfter(RequestRecord other) {
        return sentMicros > other.answeredMicros;
    }

    public Duration latency() {
        return Duration.ofNanos(1_000 * (answeredMicros - dueMicros));
    }

    @Override
    public String toString() {
        return "%s %s key %s%s at %s, %.3f to %.3f s: %d%s%s%s%s%s"
                .formatted(
                        request.buyer(),
                        request.attempt() == null ? request.kind() : request.kind() + " " + request.attempt(),
                        key(),
                        request.reference() == null ? "" : " reference " + request.reference(),
                        instance,
                        sentMicros / 1e6,
                        answeredMicros / 1e6,
                        answer.httpStatus(),
                        optional(answer.status()),
                        optional(answer.reason()),
                        optional(answer.lost()),
                        answer.replayed() ? " replayed" : "",
                        answer.orderId() == null ? "" : " order " + answer.orderId());
    }

    private static String optional(Object word) {
        return word == null ? "" : " " + word;
    }
}
