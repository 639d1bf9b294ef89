package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.notifier.event.EventBodies;
import dev.doorbuster.notifier.event.RecentEventIds;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.amqp.BatchHandler;
import dev.doorbuster.runtime.amqp.MessageBatch;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * Turns events into what each listener may see: a sale's events for its stream, an order's for its buyer, and of other
 * people's orders only figures. What was delivered before is passed over, as far back as is remembered.
 */
final class EventDispatcher implements BatchHandler {
    private final Streams streams;
    private final SaleActivity activity;
    private final RecentEventIds<UUID> recentEventIds;
    private final Tracing tracing;

    EventDispatcher(Streams streams, SaleActivity activity, RecentEventIds<UUID> recentEventIds, Tracing tracing) {
        this.streams = streams;
        this.activity = activity;
        this.recentEventIds = recentEventIds;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        for (Message message : batch.messages()) {
            if (!recentEventIds.contains(message.id())) {
                recentEventIds.add(message.id());
                pass(message);
            }
        }
        return Future.succeededFuture();
    }

    private void pass(Message message) {
        for (int i = 0; i < message.elements().size(); i++) {
            String id = message.id() + "/" + i;
            if (message.elements().get(i) instanceof OrderEvent event) {
                activity.add(message.sale(), message.type(), event.order().quantity());
                tellBuyer(id, message, event);
            } else if (message.elements().get(i) instanceof SaleEvent event) {
                publish(StreamTopic.sale(message.sale()), id, message, EventBodies.ofSale(event.sale()));
            }
        }
    }

    /** Also where nobody listens: who comes back is told what was missed. */
    private void tellBuyer(String id, Message message, OrderEvent event) {
        BatchSpans telling = tracing.doing("tell buyer", event);
        publish(StreamTopic.buyer(event.order().buyer()), id, message, EventBodies.ofOrder(event.order()));
        telling.end();
    }

    private void publish(StreamTopic streamTopic, String id, Message message, JsonObject data) {
        streams.publish(streamTopic, new ServerSentEvent(id, message.type().topic(), data));
    }
}
