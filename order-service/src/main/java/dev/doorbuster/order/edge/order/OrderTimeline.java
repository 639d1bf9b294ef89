package dev.doorbuster.order.edge.order;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.operator.Notes;
import dev.doorbuster.order.operator.Notes.TimelineEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One order for operators: what is recorded about it, and their notes. */
public final class OrderTimeline {
    private final OrderLookups lookups;
    private final Notes notes;

    public OrderTimeline(OrderLookups lookups, Notes notes) {
        this.lookups = lookups;
        this.notes = notes;
    }

    /** {@code GET /api/orders/{orderId}/timeline}. */
    public void show(ApiRequest request) {
        UUID id = order(request);
        request.answer(
                lookups.find(id).compose(row -> notes.timeline(id).map(entries -> page(row, entries))),
                page -> request.json(200, page));
    }

    /** {@code POST /api/orders/{orderId}/notes}. */
    public void addNote(ApiRequest request) {
        Future<Boolean> added = notes.add(
                order(request), request.caller().name(), request.body().getString("note"));
        request.answer(added, known -> {
            if (!known) {
                throw ProblemType.UNKNOWN_ORDER.exception("The ledger has no order of this id.");
            }
            request.response().setStatusCode(204).end();
        });
    }

    private static UUID order(ApiRequest request) {
        return UUID.fromString(request.path("orderId"));
    }

    /** A payment may have come for an order that the ledger does not have. */
    private static JsonObject page(Optional<LedgerOrder> row, List<TimelineEntry> entries) {
        if (row.isEmpty() && entries.isEmpty()) {
            throw ProblemType.UNKNOWN_ORDER.exception(
                    "Nothing is recorded about an order of this id. Orders that only a counter refused are not recorded.");
        }
        var list = new JsonArray();
        entries.forEach(entry -> list.add(new JsonObject()
                .put("what", entry.what())
                .put("at", entry.at().toString())
                .put("operator", entry.operator())
                .put("detail", entry.detail())));
        return new JsonObject()
                .put("order", row.map(LedgerOrder::view).map(OrderJson::order).orElse(null))
                .put("entries", list);
    }
}
