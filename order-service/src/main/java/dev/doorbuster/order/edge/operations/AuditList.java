package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.operator.AuditEntry;
import dev.doorbuster.order.operator.AuditTrail;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /api/audit}: what operators did, the latest first. */
public final class AuditList {
    private static final String SALE = "saleId";

    private final AuditTrail trail;

    public AuditList(AuditTrail trail) {
        this.trail = trail;
    }

    public void list(ApiRequest request) {
        request.answer(trail.page(request.query(SALE).map(SaleId::new), PageLinks.after(request)), page -> {
            PageLinks.add(request, "/api/audit", List.of(SALE), page.next());
            var entries = new JsonArray();
            page.elements().forEach(entry -> entries.add(json(entry)));
            request.json(200, new JsonObject().put("entries", entries));
        });
    }

    private static JsonObject json(AuditEntry entry) {
        return new JsonObject()
                .put("id", Long.toString(entry.id()))
                .put("at", entry.at().toString())
                .put("operator", entry.operator())
                .put("operation", entry.operation())
                .put(SALE, entry.sale())
                .put("request", entry.request())
                .put("status", entry.status());
    }
}
