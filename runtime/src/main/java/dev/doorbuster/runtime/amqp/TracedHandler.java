package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.runtime.trace.Step;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Handles gatherings with a span for each traced element, from the attempt's beginning to its end. The handler sees elements
 * sent by those spans: what it derives from them, and hands their trace on to, continues from here.
 */
final class TracedHandler implements GatheringHandler {
    private final GatheringHandler handler;
    private final Tracing tracing;

    TracedHandler(GatheringHandler handler, Tracing tracing) {
        this.handler = handler;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> handle(Gathering gathering) {
        Step step = tracing.processing(gathering.messages());
        if (!step.isTraced()) {
            return handler.handle(gathering);
        }
        var traced = gathering.as(step.sent(gathering.messages()));
        gathering.afterAcknowledge(traced::acknowledged);
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
    private Future<Void> attempt(Gathering gathering) {
        try {
            return handler.handle(gathering);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> refuse(Message culprit, DataException cause) {
        return handler.refuse(culprit, cause);
    }
}
