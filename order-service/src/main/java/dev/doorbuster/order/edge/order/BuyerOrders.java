package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.OrderFilter;
import dev.doorbuster.order.counter.RefusalCacheReader;
import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/orders}: a buyer lists and reads its own orders; operators read any. */
public final class BuyerOrders {
    private static final String PATH = "/api/orders";
    private static final String SALE = "saleId";

    private final OrderLookups lookups;
    private final RefusalCacheReader refusals;
    private final OrderIds ids;
    private final Catalogue catalogue;

    public BuyerOrders(OrderLookups lookups, RefusalCacheReader refusals, OrderIds ids, Catalogue catalogue) {
        this.lookups = lookups;
        this.refusals = refusals;
        this.ids = ids;
        this.catalogue = catalogue;
    }

    /** {@code GET /api/orders/{orderId}}. */
    public void one(ApiRequest request) {
        UUID id = UUID.fromString(request.path("orderId"));
        Caller caller = request.caller();
        Future<JsonObject> found = lookups.find(id)
                .compose(row ->
                        row.isPresent() ? Future.succeededFuture(shown(row.get(), caller)) : undecided(id, caller));
        request.answer(found, order -> request.json(200, order));
    }

    /** {@code GET /api/orders}. */
    public void own(ApiRequest request) {
        Optional<SaleId> sale = request.query(SALE).map(SaleId::new);
        var filter = OrderFilter.ofBuyer(request.caller().name(), sale);
        var page = catalogue.orders(filter, PageLinks.after(request));
        PageLinks.answer(request, page, PATH, List.of(SALE), "orders", OrderJson::order);
    }

    private static JsonObject shown(LedgerOrder row, Caller caller) {
        if (!row.view().buyer().equals(caller.name()) && !caller.is(Role.OPERATOR)) {
            throw ProblemType.UNKNOWN_ORDER.exception();
        }
        return OrderJson.order(row.view());
    }

    /** The ledger has no such order. If its id was created for the caller, it was refused or is still undecided. */
    private Future<JsonObject> undecided(UUID id, Caller caller) {
        if (!ids.mintedFor(caller.name(), id)) {
            return Future.failedFuture(ProblemType.UNKNOWN_ORDER.exception());
        }
        return refusals.refusalOf(id)
                .map(refusal ->
                        refusal.map(reason -> OrderJson.refused(id, reason)).orElseGet(() -> OrderJson.pending(id)));
    }
}
