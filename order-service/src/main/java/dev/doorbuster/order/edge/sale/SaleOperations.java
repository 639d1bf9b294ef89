package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.SaleState;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.Publisher;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.time.Clock;

/**
 * {@code /api/sales}. A change is committed first, then told to the others, then read by this edge itself, so that the
 * operator's next request here finds it done.
 */
public final class SaleOperations {
    private final Catalogue catalogue;
    private final SaleCache board;
    private final SaleList list;
    private final SaleAnnouncer nudge;

    public SaleOperations(Catalogue catalogue, SaleCache board, SaleList list, Publisher publisher, Clock clock) {
        this.catalogue = catalogue;
        this.board = board;
        this.list = list;
        this.nudge = new SaleAnnouncer(publisher, clock);
    }

    public void one(ApiRequest request) {
        request.answer(
                board.find(request.saleId())
                        .map(reading -> reading.orElseThrow(ProblemType.UNKNOWN_SALE::exception)
                                .sale()),
                sale -> request.json(200, SalePages.sale(sale)));
    }

    public void create(ApiRequest request) {
        Future<SaleView> created = catalogue
                .create(SalePages.newSale(request.body()))
                .compose(sale ->
                        sale.state() == SaleState.SCHEDULED ? shown(sale, noNudge()) : shown(sale, nudge.opened(sale)));
        request.answer(created, sale -> {
            request.response().putHeader(HttpHeaders.LOCATION, "/api/sales/" + sale.saleId());
            request.json(201, SalePages.sale(sale));
        });
    }

    public void edit(ApiRequest request) {
        Future<SaleView> edited = catalogue
                .edit(request.saleId(), SalePages.edit(request.body()))
                .compose(sale -> sale.state() == SaleState.SCHEDULED
                        ? shown(sale, noNudge())
                        : shown(sale, nudge.changed(sale)));
        request.answer(edited, sale -> request.json(200, SalePages.sale(sale)));
    }

    public void end(ApiRequest request) {
        Future<SaleView> ended = catalogue.end(request.saleId()).compose(sale -> shown(sale, nudge.closed(sale)));
        request.answer(ended, sale -> request.json(200, SalePages.sale(sale)));
    }

    private static Future<Void> noNudge() {
        return Future.succeededFuture();
    }

    /** The change stands whether or not it can be read back now. */
    private Future<SaleView> shown(SaleView sale, Future<Void> nudged) {
        list.forget();
        return nudged.compose(told -> board.refresh(sale.saleId())).transform(read -> Future.succeededFuture(sale));
    }
}
