package dev.doorbuster.order.edge.report;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.LedgerReader.ReportedSale;
import dev.doorbuster.order.ledger.read.SaleTotals;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /api/sales-report}: totals of several sales, as many as the OpenAPI document admits. The ledger sums the
 * orders of those that have no page in the cache; reports read it in sequence, to limit the load on the database. To be
 * used on one event loop only.
 */
public final class SalesReport {
    private static final String SALE = "sale";
    private static final int WAITING_MAX = 64;

    /** Orders accepted before a sale's end are decided within this time, but for outages. */
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

    private final LedgerReader ledger;
    private final WholeSaleReader wholeSales;
    private final ClosedSalePages pages;
    private final PageViews views;
    private final Batcher<List<SaleId>, List<JsonObject>> reports;

    public SalesReport(LedgerReader ledger, WholeSaleReader wholeSales, ClosedSalePages pages, PageViews views) {
        this.ledger = ledger;
        this.wholeSales = wholeSales;
        this.pages = pages;
        this.views = views;
        this.reports = new Batcher<>(1, WAITING_MAX, one -> report(one.get(0)).map(List::of));
    }

    public void handle(ApiRequest request) {
        List<SaleId> ids =
                request.http().params().getAll(SALE).stream().map(SaleId::new).toList();
        request.answer(
                reports.submit(ids), lines -> request.json(200, new JsonObject().put("sales", new JsonArray(lines))));
    }

    private Future<List<JsonObject>> report(List<SaleId> ids) {
        Future<Map<SaleId, Long>> viewed = views.of(ids);
        return ledger.reportedSales(ids, SETTLED_AFTER)
                .compose(sales -> totals(sales)
                        .compose(totals -> viewed.map(counts -> sales.stream()
                                .map(each -> each.sale().saleId())
                                .map(id -> line(totals.get(id), counts.get(id)))
                                .toList())));
    }

    private Future<Map<SaleId, SaleTotals>> totals(List<ReportedSale> sales) {
        return pages.read(sales).compose(found -> {
            List<ReportedSale> missing = sales.stream()
                    .filter(each -> !found.totals().containsKey(each.sale().saleId()))
                    .toList();
            return wholeSales
                    .totals(missing.stream().map(each -> each.sale().saleId()).toList())
                    .map(read -> {
                        missing.forEach(each -> keep(each, read, found));
                        var all = new HashMap<>(found.totals());
                        all.putAll(read);
                        return all;
                    });
        });
    }

    /** Not awaited: a report does not need the page that it leaves for the next one. */
    private void keep(ReportedSale sale, Map<SaleId, SaleTotals> read, ClosedSalePages.Found found) {
        SaleId id = sale.sale().saleId();
        Future<Void> unused = pages.write(sale, read.get(id), found.outdated().contains(id));
    }

    private static JsonObject line(SaleTotals totals, Long views) {
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
                .put("buyers", totals.buyers())
                .put("views", views);
    }
}
