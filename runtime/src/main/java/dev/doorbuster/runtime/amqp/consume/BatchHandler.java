package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.message.Message;
import io.vertx.core.Future;

/** Handles the messages of a queue on the consumer's event loop, one batch of a sale at a time. */
public interface BatchHandler {
    /**
     * Applies the messages idempotently and completes, on any thread, when everything that follows is safe; then they are
     * acknowledged.
     * Failures go to the {@link FailurePolicy}: with {@link DataException} the batch is halved down to the failing message,
     * with any other it is kept and retried.
     */
    Future<Void> handle(MessageBatch batch);

    /**
     * Handles a message (of one element) that can never be applied. Failing with {@link DataException}, the default,
     * dead-letters it.
     */
    default Future<Void> refuse(Message culprit, DataException cause) {
        return Future.failedFuture(cause);
    }
}
