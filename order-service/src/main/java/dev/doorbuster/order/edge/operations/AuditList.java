package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.operator.AuditTrail;
import dev.doorbuster.order.operator.AuditTrail.AuditEntry;
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
        var entries = trail.page(request.query(SALE).map(SaleId::new), PageLinks.after(request));
        PageLinks.answer(request, entries, "/api/audit", List.of(SALE), "entries", AuditList::json);
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
