package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.OrderStatus;
import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.contracts.message.RefusalReason;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Orders as the API shows them. */
public final class OrderPages {
    private OrderPages() {}

    public static JsonObject order(OrderView order) {
        var json = new JsonObject()
                .put("id", order.id().toString())
                .put("saleId", order.saleId().value())
                .put("buyer", order.buyer())
                .put("quantity", order.quantity())
                .put("status", order.status().name())
                .put("totalCents", order.totalCents())
                .put("placedAt", order.placedAt().toString())
                .put(
                        "holdExpiresAt",
                        order.holdExpiresAt() == null
                                ? null
                                : order.holdExpiresAt().toString());
        return order.reason() == null ? json : json.put("reason", order.reason().wireName());
    }

    static JsonArray orders(List<OrderView> orders) {
        return new JsonArray(orders.stream().map(OrderPages::order).toList());
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
