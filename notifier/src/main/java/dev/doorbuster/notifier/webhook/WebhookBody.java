package dev.doorbuster.notifier.webhook;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderEvent.OrderRefundDue;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.notifier.event.EventBodies;
import dev.doorbuster.notifier.event.EventId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The JSON body of one message for a shop: events of one type of one sale, each with its id. */
final class WebhookBody {
    private WebhookBody() {}

    static Buffer of(Message message) {
        var events = new JsonArray();
        for (int i = 0; i < message.elements().size(); i++) {
            events.add(event(EventId.of(message, i), message.elements().get(i)));
        }
        return new JsonObject()
                .put("id", message.id().toString())
                .put("type", message.type().topic())
                .put("saleId", message.sale().value())
                .put("at", message.sentAt())
                .put("events", events)
                .toBuffer();
    }

    private static JsonObject event(String id, Element element) {
        var json = new JsonObject().put("id", id);
        if (element instanceof OrderRefundDue refund && refund.reference() != null) {
            json.put("reference", refund.reference());
        }
        if (element instanceof OrderEvent event) {
            return json.put("order", EventBodies.ofOrder(event.order()));
        } else if (element instanceof SaleEvent event) {
            return json.put("sale", EventBodies.ofSale(event.sale()));
        }
        throw new IllegalArgumentException("no event: " + element.getClass().getSimpleName());
    }
}
