package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.PipelinedRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Exports of one edge: limited in number and time. An export that cannot be completed ends with its connection, so
 * that the client cannot take a part for the whole. To be used on one event loop only.
 */
public final class OrderExports {
    static final int RUNNING_MAX = 4;
    static final Duration TIME_MAX = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final SaleOrders orders;
    private final Duration timeMax;
    private final Set<HttpConnection> running = new HashSet<>();

    public OrderExports(Vertx vertx, SaleOrders orders) {
        this(vertx, orders, TIME_MAX);
    }

    OrderExports(Vertx vertx, SaleOrders orders, Duration timeMax) {
        this.vertx = vertx;
        this.orders = orders;
        this.timeMax = timeMax;
    }

    /** {@code GET /api/sales/{saleId}/orders/export}. */
    public void handle(ApiRequest request) {
        var pages = orders.pages(request);
        HttpConnection connection = request.http().connection();
        if (running.size() >= RUNNING_MAX || !running.add(connection)) {
            throw ProblemType.OVERLOADED.exception("At most " + RUNNING_MAX + " exports run at once.");
        }
        long timer = vertx.setTimer(timeMax.toMillis(), late -> PipelinedRequests.cut(connection));
        export(request, pages).onComplete(ended -> {
            boolean unused = running.remove(connection) && vertx.cancelTimer(timer);
            if (ended.failed()) {
                request.fail(ended.cause());
            }
        });
    }

    /** Ends the running exports: the server stops. */
    public void close() {
        List.copyOf(running).forEach(PipelinedRequests::cut);
    }

    private static Future<Void> export(
            ApiRequest request, Function<Optional<ListPosition>, Future<ListPage<OrderView>>> pages) {
        ExportFormat format = ExportFormat.of(request.query("format").orElseThrow());
        var export = new OrderExport(format, request.response(), pages);
        return pages.apply(Optional.empty()).compose(first -> {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, format.contentType())
                    .putHeader(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"orders-" + request.saleId() + "." + format.wireName() + "\"");
            return export.run(first);
        });
    }
}
