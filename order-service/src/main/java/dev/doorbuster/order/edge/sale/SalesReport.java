package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.ledger.read.SaleTotals;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * {@code GET /api/sales-report}: totals of several sales, as many as the OpenAPI document admits. The ledger sums all
 * their orders; reports read it in sequence, to limit the load on the database. To be used on one event loop only.
 */
public final class SalesReport {
    private static final String SALE = "sale";
    private static final int WAITING_MAX = 64;

    private final Batcher<List<SaleId>, List<SaleTotals>> ledger;

    public SalesReport(Function<List<SaleId>, Future<List<SaleTotals>>> ledger) {
        this.ledger =
                new Batcher<>(1, WAITING_MAX, one -> ledger.apply(one.get(0)).map(List::of));
    }

    public void handle(ApiRequest request) {
        List<SaleId> ids =
                request.http().params().getAll(SALE).stream().map(SaleId::new).toList();
        request.answer(ledger.submit(ids), totals -> request.json(200, page(totals)));
    }

    private static JsonObject page(List<SaleTotals> totals) {
        var sales = new JsonArray();
        totals.forEach(each -> sales.add(line(each)));
        return new JsonObject().put("sales", sales);
    }

    private static JsonObject line(SaleTotals totals) {
        return new JsonObject()
                .put("saleId", totals.id().value())
                .put("title", totals.title())
                .put("state", totals.state().name())
                .put("currency", totals.currency())
                .put("stock", totals.stock())
                .put("orders", totals.orders())
                .put("sold", totals.sold())
                .put("held", totals.held())
                .put("paid", totals.paid())
                .put("returned", totals.returned())
                .put("revenueCents", totals.revenueCents())
                .put("buyers", totals.buyers());
    }
}
