package dev.doorbuster.order.edge.order;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.UtcText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.UUID;

/** JSON of orders in the API. */
public final class OrderJson {
    private static final int ORDER_CHARACTERS_USUAL = 320;

    private OrderJson() {}

    public static JsonObject order(OrderView order) {
        var json = new JsonObject()
                .put("id", order.id().toString())
                .put("saleId", order.saleId().value())
                .put("buyer", order.buyer())
                .put("quantity", order.quantity())
                .put("status", order.status().name())
                .put("totalCents", order.totalCents())
                .put("placedAt", order.placedAt().toString())
                .put("holdExpiresAt", Objects.toString(order.holdExpiresAt(), null));
        return order.reason() == null ? json : json.put("reason", order.reason().wireName());
    }

    /** The same as text, without an object tree: the response to each granted order. */
    public static Buffer encoded(OrderView order) {
        var json = new StringBuilder(ORDER_CHARACTERS_USUAL)
                .append("{\"id\":\"")
                .append(order.id())
                .append("\",\"saleId\":\"")
                .append(order.saleId().value())
                .append("\",\"buyer\":\"");
        JsonStringEncoder.getInstance().quoteAsString(order.buyer(), json);
        json.append("\",\"quantity\":")
                .append(order.quantity())
                .append(",\"status\":\"")
                .append(order.status().name())
                .append("\",\"totalCents\":")
                .append(order.totalCents())
                .append(",\"placedAt\":\"")
                .append(UtcText.of(order.placedAt()))
                .append("\",\"holdExpiresAt\":");
        if (order.holdExpiresAt() == null) {
            json.append("null");
        } else {
            json.append('"').append(UtcText.of(order.holdExpiresAt())).append('"');
        }
        if (order.reason() != null) {
            json.append(",\"reason\":\"").append(order.reason().wireName()).append('"');
        }
        return Buffer.buffer(json.append('}').toString());
    }

    public static JsonObject pending(UUID id) {
        return new JsonObject().put("id", id.toString()).put("status", OrderStatus.PENDING.name());
    }

    static JsonObject refused(UUID id, RefusalReason reason) {
        return new JsonObject()
                .put("id", id.toString())
                .put("status", OrderStatus.REJECTED.name())
                .put("reason", reason.wireName());
    }
}
