package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * {@code POST /api/sales/postponement}: all sales that have not opened open, and close, that much later. Each is a
 * change of its own by the ledger, so one that opens meanwhile stays as it is. Repeating postpones again.
 */
public final class SalePostponement {
    static final int SALES_MAX = 1000;
    private static final int UNDER_WAY_MAX = 16;
    /** After that no further change is published. */
    private static final Duration TIME_MAX = Duration.ofSeconds(30);

    private static final String BY = "by";

    private final LedgerReader ledger;
    private final SaleOperations sales;

    public SalePostponement(LedgerReader ledger, SaleOperations sales) {
        this.ledger = ledger;
        this.sales = sales;
    }

    public void handle(ApiRequest request) {
        Duration by = by(request.body().getString(BY));
        long deadline = System.nanoTime() + TIME_MAX.toNanos();
        var page = new JsonObject().put("changed", new JsonArray()).put("notChanged", new JsonArray());
        Future<Void> done = ledger.scheduledSales(SALES_MAX + 1).compose(all -> {
            if (all.size() > SALES_MAX) {
                throw ProblemType.INVALID_REQUEST.exception(
                        "More than " + SALES_MAX + " sales are scheduled: change them one by one.");
            }
            Future<Void> changed = Future.succeededFuture();
            for (int from = 0; from < all.size(); from += UNDER_WAY_MAX) {
                List<SaleView> some = all.subList(from, Math.min(all.size(), from + UNDER_WAY_MAX));
                changed = changed.compose(before -> postpone(request, some, by, deadline, page));
            }
            return changed;
        });
        request.answer(done, changed -> request.json(200, page));
    }

    private Future<Void> postpone(
            ApiRequest request, List<SaleView> some, Duration by, long deadline, JsonObject page) {
        boolean late = System.nanoTime() - deadline > 0;
        return Future.join(some.stream()
                        .map(sale -> (late
                                        ? Future.<JsonObject>failedFuture(ProblemType.OVERLOADED.exception())
                                        : sales.edited(request, sale.saleId(), later(sale, by)))
                                .onSuccess(
                                        changed -> page.getJsonArray("changed").add(changed))
                                .onFailure(
                                        cause -> page.getJsonArray("notChanged").add(reason(sale, cause)))
                                .otherwiseEmpty())
                        .toList())
                .mapEmpty();
    }

    private static SaleEdit later(SaleView sale, Duration by) {
        return new SaleEdit(
                null,
                null,
                null,
                null,
                sale.opensAt().plus(by),
                sale.closesAt() == null ? null : sale.closesAt().plus(by),
                false,
                null);
    }

    private static JsonObject reason(SaleView sale, Throwable cause) {
        Problem problem = ApiRequest.problem(cause);
        return new JsonObject()
                .put("saleId", sale.saleId().value())
                .put("title", sale.title())
                .put("reason", problem.slug())
                .put("detail", problem.detail());
    }

    private static Duration by(String text) {
        try {
            Duration by = Duration.parse(text);
            if (!by.isNegative() && !by.isZero()) {
                return by;
            }
        } catch (DateTimeParseException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static InvalidFieldException invalid() {
        return new InvalidFieldException(BY, "must be a duration above zero, written as PT30M or P1DT2H");
    }
}
