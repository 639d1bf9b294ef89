package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.notifier.event.Recent;
import dev.doorbuster.notifier.event.Views;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.notifier.sse.Topic;
import dev.doorbuster.runtime.amqp.Gathering;
import dev.doorbuster.runtime.amqp.GatheringHandler;
import dev.doorbuster.runtime.trace.Step;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * Turns events into what each listener may see: a sale's events for its stream, an order's for its buyer, and of other
 * people's orders only figures. What was delivered before is passed over, as far back as is remembered.
 */
final class Feed implements GatheringHandler {
    private final Streams streams;
    private final SaleActivity activity;
    private final Recent<UUID> recent;
    private final Tracing tracing;

    Feed(Streams streams, SaleActivity activity, Recent<UUID> recent, Tracing tracing) {
        this.streams = streams;
        this.activity = activity;
        this.recent = recent;
        this.tracing = tracing;
    }

    @Override
    public Future<Void> handle(Gathering gathering) {
        for (Message message : gathering.messages()) {
            if (!recent.contains(message.id())) {
                recent.add(message.id());
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
                publish(Topic.sale(message.sale()), id, message, Views.ofSale(event.sale()));
            }
        }
    }

    /** Also where nobody listens: who comes back is told what was missed. */
    private void tellBuyer(String id, Message message, OrderEvent event) {
        Step telling = tracing.doing("tell buyer", event);
        publish(Topic.buyer(event.order().buyer()), id, message, Views.ofOrder(event.order()));
        telling.end();
    }

    private void publish(Topic topic, String id, Message message, JsonObject data) {
        streams.publish(topic, new ServerSentEvent(id, message.type().topic(), data));
    }
}
