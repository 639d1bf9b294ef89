package dev.doorbuster.runtime.amqp.publish;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A message in flight, from its acceptance by the publisher to its confirm or failure. */
final class UnconfirmedMessage {
    private final long number;
    private final OutgoingMessage message;
    private final Context context;
    private final long deadlineNanos;
    private final Promise<Void> promise = Promise.promise();
    private final AtomicInteger sends = new AtomicInteger();

    UnconfirmedMessage(long number, OutgoingMessage message, Context context, Duration max) {
        this.number = number;
        this.message = message;
        this.context = context;
        this.deadlineNanos = System.nanoTime() + max.toNanos();
    }

    /** Position in the order of acceptance. */
    long number() {
        return number;
    }

    OutgoingMessage message() {
        return message;
    }

    Future<Void> outcome() {
        return promise.future();
    }

    boolean isLate() {
        return deadlineNanos - System.nanoTime() <= 0;
    }

    void sending() {
        sends.incrementAndGet();
    }

    boolean isSent() {
        return sends.get() > 0;
    }

    /** A nack of a second sending says nothing about the first, which may have been accepted. */
    PublishException refused(String why) {
        return new PublishException(
                sends.get() > 1 ? PublishException.Kind.UNCONFIRMED : PublishException.Kind.NACKED, why);
    }

    PublishException lost(String why) {
        return new PublishException(isSent() ? PublishException.Kind.UNCONFIRMED : PublishException.Kind.NOT_SENT, why);
    }

    /** Completes on the publisher's context; null means confirmed. */
    void settle(PublishException failure) {
        context.runOnContext(v -> {
            if (failure == null) {
                promise.complete();
            } else {
                promise.fail(failure);
            }
        });
    }
}
