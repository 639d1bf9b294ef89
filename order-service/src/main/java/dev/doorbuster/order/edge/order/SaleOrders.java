package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.catalogue.OrderFilter;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.ledger.read.LedgerReader.NoSuchSaleException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All orders of a sale, for operators. */
public final class SaleOrders {
    private static final String STATUS = "status";
    private static final String BUYER = "buyer";
    private static final String PLACED_FROM = "placedFrom";
    private static final String PLACED_TO = "placedTo";
    private static final List<String> FILTERS = List.of(STATUS, BUYER, PLACED_FROM, PLACED_TO);

    private final Function<SaleId, Future<Optional<SaleView>>> sales;
    private final BiFunction<OrderFilter, Optional<ListPosition>, Future<ListPage<OrderView>>> pages;

    public SaleOrders(
            Function<SaleId, Future<Optional<SaleView>>> sales,
            BiFunction<OrderFilter, Optional<ListPosition>, Future<ListPage<OrderView>>> pages) {
        this.sales = sales;
        this.pages = pages;
    }

    /** {@code GET /api/sales/{saleId}/orders}. */
    public void list(ApiRequest request) {
        String path = "/api/sales/" + request.saleId() + "/orders";
        var page = pages(request).apply(PageLinks.after(request));
        PageLinks.answer(request, page, path, FILTERS, "orders", OrderJson::order);
    }

    /** Reads the pages of a request's list; fails with {@link NoSuchSaleException}. */
    Function<Optional<ListPosition>, Future<ListPage<OrderView>>> pages(ApiRequest request) {
        OrderFilter filter = filter(request);
        SaleId id = request.saleId();
        return after -> pages.apply(filter, after)
                .compose(page -> page.elements().isEmpty() ? existing(id).map(page) : Future.succeededFuture(page));
    }

    private Future<SaleView> existing(SaleId id) {
        return sales.apply(id).map(sale -> sale.orElseThrow(() -> new NoSuchSaleException(id)));
    }

    private static OrderFilter filter(ApiRequest request) {
        return new OrderFilter(
                Optional.of(request.saleId()),
                request.query(BUYER),
                request.query(STATUS).map(OrderStatus::valueOf),
                request.query(PLACED_FROM).map(text -> ApiRequest.time(PLACED_FROM, text)),
                request.query(PLACED_TO).map(text -> ApiRequest.time(PLACED_TO, text)));
    }
}
