package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import io.vertx.core.Future;

/** What a consumer does with its messages. It runs on the consumer's event loop, one gathering of a sale at a time. */
public interface BatchHandler {
    /**
     * Applies the messages idempotently and makes sure of all that follows; they are acknowledged when the future
     * succeeds. A failure goes to the {@link FailurePolicy}: with {@link DataException} the gathering is halved down to
     * the culprit, with anything else it is kept and tried again.
     */
    Future<Void> handle(MessageBatch batch);

    /**
     * Takes a message (of one element) that can never be applied. Fails with {@link DataException} to have it
     * dead-lettered, which is what happens unless the handler knows better.
     */
    default Future<Void> refuse(Message culprit, DataException cause) {
        return Future.failedFuture(cause);
    }
}
