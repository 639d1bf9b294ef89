package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.edge.http.ApiRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /api/sales}: what a crowd sees first. However many ask, the catalogue is asked once in the time for which an
 * answer is good. To be used on one event loop only.
 */
public final class SaleList {
    private final Supplier<Future<List<SaleView>>> catalogue;
    private final long freshNanos;
    private final LongSupplier nanoTime;
    private Future<Buffer> answer;
    private long askedAt;

    public SaleList(Supplier<Future<List<SaleView>>> catalogue, SaleCacheConfig config, LongSupplier nanoTime) {
        this.catalogue = catalogue;
        this.freshNanos = config.listFreshMax().toNanos();
        this.nanoTime = nanoTime;
    }

    public void handle(ApiRequest request) {
        request.answer(read(), sales -> request.json(200, sales));
    }

    /** The list, as it was when somebody asked for it; fails where the database cannot be asked, and is then not kept. */
    Future<Buffer> read() {
        long now = nanoTime.getAsLong();
        if (answer == null || now - askedAt > freshNanos) {
            askedAt = now;
            Future<Buffer> asked = catalogue.get().map(SaleList::page);
            answer = asked;
            asked.onFailure(cause -> {
                if (answer == asked) {
                    forget();
                }
            });
        }
        return answer;
    }

    /** A sale was changed here: whoever asks from now on sees that. */
    void forget() {
        answer = null;
    }

    private static Buffer page(List<SaleView> sales) {
        var pages = new JsonArray();
        sales.forEach(sale -> pages.add(SalePages.sale(sale)));
        return new JsonObject().put("sales", pages).toBuffer();
    }
}
