package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Handles batches with one span for each traced element and attempt. The handler receives elements that carry these spans as
 * parents, so that messages derived from them continue the trace.
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
                // Logs of the failure carry the trace ids of the failed elements.
                boolean unused = step.within(() -> handled.tryFail(outcome.cause()));
            } else {
                handled.complete();
            }
        });
        return handled.future();
    }

    /** A handler that throws has failed; its spans end as for a failed future. */
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
