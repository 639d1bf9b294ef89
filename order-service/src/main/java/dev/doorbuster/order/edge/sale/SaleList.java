package dev.doorbuster.order.edge.sale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.PageLinks;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Lists of sales. {@code GET /api/sales} is the first request of most clients, {@code GET /api/drafts} the operators' list. The catalogue is read once per page within the time an
 * answer is cached. To be used on one event loop only.
 */
public final class SaleList {
    private static final int PAGES_KEPT_MAX = 100;

    private final String path;
    private final Function<Optional<ListPosition>, Future<ListPage<SaleView>>> catalogue;
    private final Function<List<SaleView>, Future<List<JsonObject>>> json;
    private final long freshNanos;
    private final LongSupplier nanoTime;
    private final Cache<Optional<ListPosition>, Reading> pages = Caffeine.newBuilder()
            .maximumSize(PAGES_KEPT_MAX)
            .executor(Runnable::run)
            .build();

    private record Reading(long askedAt, Future<Page> page) {}

    record Page(Buffer body, Optional<ListPosition> next) {}

    /** @param json of the sales, with what is not in their rows */
    public SaleList(
            String path,
            Function<Optional<ListPosition>, Future<ListPage<SaleView>>> catalogue,
            Function<List<SaleView>, Future<List<JsonObject>>> json,
            SaleCacheConfig config,
            LongSupplier nanoTime) {
        this.path = path;
        this.catalogue = catalogue;
        this.json = json;
        this.freshNanos = config.listFreshMax().toNanos();
        this.nanoTime = nanoTime;
    }

    public void handle(ApiRequest request) {
        request.answer(read(PageLinks.after(request)), page -> {
            PageLinks.add(request, path, List.of(), page.next());
            request.json(200, page.body());
        });
    }

    /** A page, as of the time of the request; fails if the database cannot be read, and failures are not cached. */
    Future<Page> read(Optional<ListPosition> after) {
        long now = nanoTime.getAsLong();
        Reading kept = pages.getIfPresent(after);
        if (kept == null || now - kept.askedAt() > freshNanos) {
            Reading asked = new Reading(
                    now,
                    catalogue
                            .apply(after)
                            .compose(page ->
                                    json.apply(page.elements()).map(sales -> new Page(body(sales), page.next()))));
            pages.put(after, asked);
            asked.page().onFailure(cause -> pages.asMap().remove(after, asked));
            kept = asked;
        }
        return kept.page();
    }

    /** Invalidates the cache after a change by this edge, so that later requests see it. */
    void forget() {
        pages.invalidateAll();
    }

    private static Buffer body(List<JsonObject> sales) {
        return new JsonObject().put("sales", new JsonArray(sales)).toBuffer();
    }
}
