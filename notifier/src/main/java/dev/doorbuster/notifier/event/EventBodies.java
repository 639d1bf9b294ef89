package dev.doorbuster.notifier.event;

import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleView;
import io.vertx.core.json.JsonObject;

/** JSON bodies of order and sale events; the same members as in the HTTP API. */
public final class EventBodies {
    private EventBodies() {}

    public static JsonObject ofOrder(OrderView order) {
        var json = new JsonObject()
                .put("id", order.id().toString())
                .put("saleId", order.saleId().value())
                .put("buyer", order.buyer())
                .put("quantity", order.quantity())
                .put("status", order.status().name())
                .put("totalCents", order.totalCents())
                .put("placedAt", order.placedAt());
        if (order.reason() != null) {
            json.put("reason", order.reason().wireName());
        }
        if (order.holdExpiresAt() != null) {
            json.put("holdExpiresAt", order.holdExpiresAt());
        }
        return json;
    }

    public static JsonObject ofSale(SaleView sale) {
        return new JsonObject()
                .put("saleId", sale.saleId().value())
                .put("title", sale.title())
                .put("state", sale.state().name())
                .put("stock", sale.stock())
                .put("sold", sale.sold())
                .put("available", sale.available());
    }
}
