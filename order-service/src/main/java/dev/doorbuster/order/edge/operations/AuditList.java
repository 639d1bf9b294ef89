package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.operator.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** {@code GET /api/audit}: what operators did, the latest first. */
public final class AuditList {
    private static final String SALE = "saleId";

    private final BiFunction<Optional<SaleId>, Optional<ListPosition>, Future<ListPage<AuditEntry>>> pages;

    public AuditList(BiFunction<Optional<SaleId>, Optional<ListPosition>, Future<ListPage<AuditEntry>>> pages) {
        this.pages = pages;
    }

    public void list(ApiRequest request) {
        request.answer(pages.apply(request.query(SALE).map(SaleId::new), PageLinks.after(request)), page -> {
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
