package dev.doorbuster.runtime.amqp.publish;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import java.util.List;

/** Adds a span from a message's acceptance to its confirm, and a {@code traceparent} header to traced messages. */
final class TracedPublisher implements Publisher {
    private final AmqpPublisher publisher;
    private final Tracing tracing;

    TracedPublisher(AmqpPublisher publisher, Tracing tracing) {
        this.publisher = publisher;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> publish(Route route, Message message) {
        BatchSpans step = tracing.sending(message);
        return step.isTraced()
                ? publisher.publish(outgoing(route, message, step)).onComplete(step::end)
                : publisher.publish(route, message);
    }

    @Override
    public void tell(Route route, Message message) {
        BatchSpans step = tracing.sending(message);
        if (step.isTraced()) {
            publisher.tell(outgoing(route, message, step));
            step.end();
        } else {
            publisher.tell(route, message);
        }
    }

    private static OutgoingMessage outgoing(Route route, Message message, BatchSpans step) {
        return OutgoingMessage.traced(route, step.sent(List.of(message)).get(0), step.traceparent());
    }

    @Override
    public boolean isOpen() {
        return publisher.isOpen();
    }
}
