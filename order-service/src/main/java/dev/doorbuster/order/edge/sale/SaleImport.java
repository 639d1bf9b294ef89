package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.RowsRefusedException;
import dev.doorbuster.order.catalogue.Catalogue.SaleDraft;
import dev.doorbuster.order.catalogue.Catalogue.SaleRefusedException;
import dev.doorbuster.order.catalogue.NewSale;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/sales/import}: several sales, as many as the OpenAPI document admits, in one transaction. Errors
 * are listed by row, counted from one.
 */
public final class SaleImport {
    private static final String SALES = "sales";

    private final Catalogue catalogue;
    private final SaleOperations sales;
    private final PresentationCache presentations;

    public SaleImport(Catalogue catalogue, SaleOperations sales, PresentationCache presentations) {
        this.catalogue = catalogue;
        this.sales = sales;
        this.presentations = presentations;
    }

    public void handle(ApiRequest request) {
        Future<List<JsonObject>> created = catalogue
                .createAll(rows(request.body().getJsonArray(SALES)))
                .recover(SaleImport::byRow)
                .compose(drafts -> Future.join(drafts.stream()
                                .map(draft -> sales.created(request, draft))
                                .toList())
                        .compose(all -> presentations.json(all.<SaleView>list())));
        request.answer(created, all -> request.json(201, new JsonObject().put(SALES, new JsonArray(all))));
    }

    private static List<NewSale> rows(JsonArray rows) {
        var sales = new ArrayList<NewSale>();
        var errors = new ArrayList<String>();
        for (int row = 0; row < rows.size(); row++) {
            try {
                sales.add(SaleJson.newSale(rows.getJsonObject(row)));
            } catch (InvalidFieldException e) {
                errors.add(error(row, e));
            }
        }
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
        return sales;
    }

    private static Future<List<SaleDraft>> byRow(Throwable cause) {
        if (!(cause instanceof RowsRefusedException refused)) {
            return Future.failedFuture(cause);
        }
        var errors = new ArrayList<String>();
        refused.refusals().forEach((row, refusal) -> errors.add(error(row, new SaleRefusedException(refusal))));
        return Future.failedFuture(invalid(errors));
    }

    private static String error(int row, RuntimeException cause) {
        return "row " + (row + 1) + ": " + ApiRequest.problem(cause).detail();
    }

    private static ProblemException invalid(List<String> errors) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST.problem(String.join(" ", errors)).with("errors", errors));
    }
}
