package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Handles gatherings with a span for each traced element, from the attempt's beginning to its end. The handler sees elements
 * sent by those spans: what it derives from them, and hands their trace on to, continues from here.
 */
final class TracedHandler implements BatchHandler {
    private final BatchHandler handler;
    private final Tracing tracing;

    TracedHandler(BatchHandler handler, Tracing tracing) {
        this.handler = handler;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        BatchSpans step = tracing.processing(batch.messages());
        if (!step.isTraced()) {
            return handler.handle(batch);
        }
        var traced = batch.as(step.sent(batch.messages()));
        batch.afterAcknowledge(traced::acknowledged);
        Promise<Void> handled = Promise.promise();
        step.within(() -> attempt(traced)).onComplete(outcome -> {
            step.end(outcome);
            if (outcome.failed()) {
                // What is said about the failure has the ids of what failed.
                boolean unused = step.within(() -> handled.tryFail(outcome.cause()));
            } else {
                handled.complete();
            }
        });
        return handled.future();
    }

    /** A handler that throws has failed, and its spans end like those of any other. */
    private Future<Void> attempt(MessageBatch batch) {
        try {
            return handler.handle(batch);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> refuse(Message culprit, DataException cause) {
        return handler.refuse(culprit, cause);
    }
}
