package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.notifier.event.EventBodies;
import dev.doorbuster.notifier.room.Rooms;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.batch.LimitedMap;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/**
 * Publishes events to streams: sale events to the sale's stream, order events to the buyer's stream, and aggregated
 * activity to the sale's stream. Redelivered messages are skipped while their ids are remembered.
 */
final class EventDispatcher implements BatchHandler {
    /** Message ids remembered to detect redelivery. */
    private static final int RECENT_MESSAGES_MAX = 10_000;

    private final Streams streams;
    private final SaleActivity activity;
    private final Set<UUID> recent = Collections.newSetFromMap(new LimitedMap<>(RECENT_MESSAGES_MAX));
    private final Rooms rooms;
    private final Tracing tracing;

    EventDispatcher(Streams streams, SaleActivity activity, Rooms rooms, Tracing tracing) {
        this.streams = streams;
        this.activity = activity;
        this.rooms = rooms;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        for (Message message : batch.messages()) {
            if (recent.add(message.id())) {
                dispatch(message);
            }
        }
        return Future.succeededFuture();
    }

    private void dispatch(Message message) {
        if (message.type() == MessageType.ORDER_CONFIRMED) {
            rooms.ordered(
                    message.sale(),
                    message.elements(OrderEvent.class).stream()
                            .map(event -> event.order().buyer())
                            .toList());
        }
        for (int i = 0; i < message.elements().size(); i++) {
            String id = message.id() + "/" + i;
            if (message.elements().get(i) instanceof OrderEvent event) {
                activity.add(message.sale(), message.type(), event.order().quantity());
                publishToBuyer(id, message, event);
            } else if (message.elements().get(i) instanceof SaleEvent event) {
                publish(StreamTopic.sale(message.sale()), id, message, EventBodies.ofSale(event.sale()));
                if (event.sale().waitingRoom() != null) {
                    rooms.changed(event.sale(), message.sentAt());
                }
            }
        }
    }

    /** Publishes without subscribers too: a client that reconnects reads missed events from the history. */
    private void publishToBuyer(String id, Message message, OrderEvent event) {
        BatchSpans span = tracing.doing("tell buyer", event);
        publish(StreamTopic.buyer(event.order().buyer()), id, message, EventBodies.ofOrder(event.order()));
        span.end();
    }

    private void publish(StreamTopic streamTopic, String id, Message message, JsonObject data) {
        streams.publish(streamTopic, new ServerSentEvent(id, message.type().topic(), data));
    }
}
