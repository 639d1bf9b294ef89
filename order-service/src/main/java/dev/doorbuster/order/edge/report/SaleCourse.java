package dev.doorbuster.order.edge.report;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.ledger.read.WholeSaleReader;
import dev.doorbuster.order.ledger.read.WholeSaleReader.CoursePoint;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * {@code GET /api/sales/{saleId}/course}: a sale's units over time, from its orders, however long ago it was. The ledger reads
 * all orders of the sale, so one sale is read after the other. To be used on one event loop only.
 */
public final class SaleCourse {
    private static final int INTERVALS = 120;
    private static final int WAITING_MAX = 64;

    private final Batcher<SaleId, List<CoursePoint>> courses;

    public SaleCourse(WholeSaleReader ledger) {
        this.courses = new Batcher<>(
                1, WAITING_MAX, one -> ledger.course(one.get(0), INTERVALS).map(List::of));
    }

    public void handle(ApiRequest request) {
        SaleId sale = request.saleId();
        request.answer(courses.submit(sale), points -> {
            var list = new JsonArray();
            points.forEach(point -> list.add(new JsonObject()
                    .put("at", point.at().toString())
                    .put("reserved", point.reserved())
                    .put("refused", point.refused())
                    .put("paid", point.paid())
                    .put("returned", point.returned())));
            request.json(200, new JsonObject().put("saleId", sale.value()).put("points", list));
        });
    }
}
