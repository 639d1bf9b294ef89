package dev.doorbuster.cli.crowd;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.ShopAnswer;
import java.time.Duration;

/**
 * One line of the journal: a request and its answer.
 *
 * @param sentAtNanos since the crowd began; of a first request: when it was due, so that a crowd that falls behind shows
 * @param answeredAtNanos since the crowd began
 * @param key as sent, or, where none was sent, as the answer named it; null where neither
 */
public record Entry(
        Kind kind, long sentAtNanos, long answeredAtNanos, String buyer, int quantity, String key, ShopAnswer answer) {
    public enum Kind {
        /** What a buyer came for. */
        FIRST,
        /** The same request once more while the first is in flight. */
        TWIN,
        /** The same request once more because the last was busy, lost or stayed pending. */
        RETRY,
        /** A look at an accepted order. */
        LOOK,
        /** A winner asks again when all is over. */
        ENCORE
    }

    public AnswerKind answerKind() {
        return answer.kind();
    }

    public Duration latency() {
        return Duration.ofNanos(answeredAtNanos - sentAtNanos);
    }

    @Override
    public String toString() {
        return "%s %s key %s at %.3f s: %d %s%s%s"
                .formatted(
                        buyer,
                        kind,
                        key,
                        answeredAtNanos / 1e9,
                        answer.httpStatus(),
                        answer.status() == null ? "" : answer.status() + " ",
                        answer.reason() == null ? "" : answer.reason() + " ",
                        answer.orderId() == null ? "" : "order " + answer.orderId());
    }
}
