package dev.doorbuster.order.edge.sale;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.operator.Notes;
import dev.doorbuster.order.operator.Notes.Note;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** {@code /api/sales/{saleId}/notes}: operators' notes on a sale and its orders. */
public final class SaleNotes {
    private final Notes notes;

    public SaleNotes(Notes notes) {
        this.notes = notes;
    }

    public void list(ApiRequest request) {
        String path = "/api/sales/" + request.saleId() + "/notes";
        var page = notes.page(request.saleId(), PageLinks.after(request));
        PageLinks.answer(request, page, path, List.of(), "notes", SaleNotes::json);
    }

    public void add(ApiRequest request) {
        Future<Boolean> added = notes.add(
                request.saleId(), request.caller().name(), request.body().getString("note"));
        request.answer(added, known -> {
            if (!known) {
                throw ProblemType.UNKNOWN_SALE.exception();
            }
            request.response().setStatusCode(204).end();
        });
    }

    private static JsonObject json(Note note) {
        return new JsonObject()
                .put("id", Long.toString(note.id()))
                .put("at", note.at().toString())
                .put("operator", note.operator())
                .put("orderId", Objects.toString(note.orderId(), null))
                .put("note", note.text());
    }
}
