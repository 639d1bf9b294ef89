package dev.doorbuster.order.edge.operations;

import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.QueueInspector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;

/**
 * Opens the box of dead letters, for one after the other, on a thread of its own and on a connection that ends with it: that puts
 * back everything in hand, even where putting it back failed. To be used on one event loop only.
 */
final class DeadLetterSession {
    private final QueueInspector inspector;
    /** What a look that broke off had taken may be out of sight for a moment after its end. */
    private boolean brokeOff;

    /** Blocks, and is called on no event loop. */
    interface Work<T> {
        T with(DeadLetterQueues box) throws IOException;
    }

    DeadLetterSession(Vertx vertx, BrokerConfig broker, OperationsConfig config) {
        this.inspector = new QueueInspector(vertx, broker, "dead letters", config.deadLettersTimeout(), Duration.ZERO);
    }

    /**
     * Fails where the broker does not answer in time, and where it did not say its goodbye: what was done may be undone then.
     *
     * @param lettersMax letters in hand at once
     * @param timeMax from now on, after which the box gives nothing more
     */
    <T> Future<T> open(int lettersMax, Duration timeMax, Work<T> work) {
        long askedNanos = System.nanoTime();
        return inspector
                .use(connection -> {
                    Duration left = timeMax.minusNanos(System.nanoTime() - askedNanos);
                    try (DeadLetterQueues box = DeadLetterQueues.open(connection, lettersMax, left)) {
                        T result = work.with(box);
                        if (box.isOpen()) {
                            box.putBack();
                        }
                        return result;
                    }
                })
                .onFailure(cause -> brokeOff = true);
    }

    /** Whether somebody whose look broke off may still be holding letters. */
    boolean mayBeHeld() {
        return brokeOff;
    }

    void seenAll() {
        brokeOff = false;
    }
}
