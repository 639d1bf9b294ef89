package dev.doorbuster.order.edge.operations;

import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.QueueInspector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;

/**
 * Gives exclusive access to the dead letters on a thread and a connection of its own, one caller after the other.
 * Closing the connection returns all fetched messages to their queues, even if requeueing them failed. To be used on
 * one event loop only.
 */
final class DeadLetterSession {
    /** Time limit of reading or handling dead letters. */
    static final Duration TIME_MAX = Duration.ofSeconds(5);

    private final QueueInspector inspector;
    /** Messages fetched by a failed session may become visible a moment after its end. */
    private boolean brokeOff;

    /** Blocks; not called on an event loop. */
    interface Work<T> {
        T with(DeadLetterQueues box) throws IOException;
    }

    DeadLetterSession(Vertx vertx, BrokerConfig broker) {
        this.inspector = new QueueInspector(vertx, broker, "dead letters", TIME_MAX, Duration.ZERO);
    }

    /**
     * Fails if the broker does not answer in time, or if the connection did not close cleanly: completed actions may
     * be undone then.
     *
     * @param deadLettersMax dead letters fetched at once
     * @param timeMax time limit from now, after which no more are fetched
     */
    <T> Future<T> open(int deadLettersMax, Duration timeMax, Work<T> work) {
        long askedNanos = System.nanoTime();
        return inspector
                .use(connection -> {
                    Duration left = timeMax.minusNanos(System.nanoTime() - askedNanos);
                    try (DeadLetterQueues box = DeadLetterQueues.open(connection, deadLettersMax, left)) {
                        T result = work.with(box);
                        if (box.isOpen()) {
                            box.putBack();
                        }
                        return result;
                    }
                })
                .onFailure(cause -> brokeOff = true);
    }

    /** Whether a failed session may still hold dead letters. */
    boolean mayBeHeld() {
        return brokeOff;
    }

    void seenAll() {
        brokeOff = false;
    }
}
