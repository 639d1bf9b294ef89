package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.SaleDraft;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.visit.BuyerVisits;
import dev.doorbuster.order.ledger.DraftDeletion;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * {@code /api/sales}. After a change this edge reads the sale again before it responds, so that the operator's next
 * request to this edge sees the change.
 */
public final class SaleOperations {
    private final Catalogue catalogue;
    private final SaleCache saleCache;
    private final PresentationCache presentations;
    private final BuyerVisits visits;
    private final List<SaleList> lists;
    private final SaleChanges changes;
    private final DraftDeletion drafts;

    /** @param lists those whose cached pages a change outdates */
    public SaleOperations(
            Catalogue catalogue,
            SaleCache saleCache,
            PresentationCache presentations,
            BuyerVisits visits,
            List<SaleList> lists,
            SaleChanges changes,
            DraftDeletion drafts) {
        this.catalogue = catalogue;
        this.saleCache = saleCache;
        this.presentations = presentations;
        this.visits = visits;
        this.lists = lists;
        this.changes = changes;
        this.drafts = drafts;
    }

    public void one(ApiRequest request) {
        request.answer(
                saleCache.require(request.saleId()).compose(sale -> {
                    visited(request, sale);
                    return presentations.json(sale);
                }),
                sale -> request.json(200, sale));
    }

    /** A buyer's page reads the sale with the buyer's token. */
    private void visited(ApiRequest request, SaleView sale) {
        if (request.caller() != null && request.caller().is(Role.BUYER) && sale.state() != SaleState.CLOSED) {
            visits.visited(sale.saleId(), request.caller().name());
        }
    }

    public void create(ApiRequest request) {
        Future<JsonObject> created = catalogue
                .create(SaleJson.newSale(request.body()))
                .compose(draft -> created(request, draft))
                .compose(presentations::json);
        request.answer(created, sale -> {
            request.response().putHeader(HttpHeaders.LOCATION, "/api/sales/" + sale.getString("saleId"));
            request.json(201, sale);
        });
    }

    /** The sale of a new draft, opened if it is due. */
    Future<SaleView> created(ApiRequest request, SaleDraft draft) {
        request.concerns(draft.sale().saleId());
        return opened(request, draft).compose(this::shown);
    }

    public void edit(ApiRequest request) {
        SaleEdit edit = SaleJson.edit(request.body());
        answer(request, existing(request.saleId()).compose(sale -> changes.edit(request, sale, edit)));
    }

    /** The use case of a change without a body, such as {@code POST /api/sales/{saleId}/publication}. */
    public ApiOperation changing(Action action) {
        return request ->
                answer(request, existing(request.saleId()).compose(sale -> changes.change(request, sale, action)));
    }

    /** The sale after the edit, which later requests to this edge see; fails as {@link SaleChanges#edit} does. */
    Future<JsonObject> edited(ApiRequest request, SaleId sale, SaleEdit edit) {
        request.concerns(sale);
        return changes.edit(request, sale, edit).compose(this::shown).compose(presentations::json);
    }

    /** {@code DELETE /api/sales/{saleId}/draft}. */
    public void deleteDraft(ApiRequest request) {
        Future<Void> deleted = drafts.delete(request.saleId()).compose(outcome -> switch (outcome) {
            case DELETED -> forgotten(request.saleId());
            case UNKNOWN -> Future.failedFuture(ProblemType.UNKNOWN_SALE.exception());
            case OPENED, HAS_ORDERS -> Future.failedFuture(ProblemType.SALE_STAYS.exception());
        });
        request.answer(deleted, done -> request.response().setStatusCode(204).end());
    }

    private Future<Void> forgotten(SaleId sale) {
        lists.forEach(SaleList::forget);
        return saleCache.refresh(sale).transform(read -> Future.succeededFuture());
    }

    private void answer(ApiRequest request, Future<SaleView> changed) {
        request.answer(changed.compose(this::shown).compose(presentations::json), sale -> request.json(200, sale));
    }

    /** A draft that the ledger fails to open now stays created: the sale clock opens it later. */
    private Future<SaleView> opened(ApiRequest request, SaleDraft draft) {
        return draft.due()
                ? changes.change(request, draft.sale().saleId(), Action.OPEN).otherwise(draft.sale())
                : Future.succeededFuture(draft.sale());
    }

    /** Reads the row now: another edge may have just created the sale. */
    private Future<SaleId> existing(SaleId sale) {
        return saleCache.requireCurrent(sale).map(SaleView::saleId);
    }

    /** The change is committed, whether or not it can be read back now. */
    private Future<SaleView> shown(SaleView sale) {
        lists.forEach(SaleList::forget);
        return saleCache.refresh(sale.saleId()).transform(read -> Future.succeededFuture(sale));
    }
}
