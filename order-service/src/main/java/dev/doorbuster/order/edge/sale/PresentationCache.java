package dev.doorbuster.order.edge.sale;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.SalePresentation;
import dev.doorbuster.order.catalogue.SalePresentations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cached presentations and images of sales. To be used on one event loop only. */
public final class PresentationCache {
    /** Other edges show a change of a presentation after that time at most. */
    static final Duration FRESH_MAX = Duration.ofSeconds(2);

    static final int SALES_MAX = 10_000;
    /** Memory for images, on each edge. */
    static final long IMAGE_BYTES_MAX = 32L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PresentationCache.class);

    private final SalePresentations stored;
    private final Cache<SaleId, SalePresentation> presentations;
    private final AsyncCache<String, SalePresentations.Stored> images;

    public PresentationCache(SalePresentations stored) {
        this.stored = stored;
        this.presentations = Caffeine.newBuilder()
                .maximumSize(SALES_MAX)
                .expireAfterWrite(FRESH_MAX)
                .executor(Runnable::run)
                .build();
        this.images = Caffeine.newBuilder()
                .maximumWeight(IMAGE_BYTES_MAX)
                .weigher((String hash, SalePresentations.Stored image) ->
                        image.bytes().length())
                .executor(Runnable::run)
                .buildAsync();
    }

    /** JSON of a sale; never fails: a sale whose presentation cannot be read is shown without. */
    public Future<JsonObject> json(SaleView sale) {
        return json(List.of(sale)).map(all -> all.get(0));
    }

    /** The same for several sales, with one query for those that are not cached. */
    public Future<List<JsonObject>> json(List<SaleView> sales) {
        var found = new HashMap<SaleId, SalePresentation>(
                presentations.getAllPresent(sales.stream().map(SaleView::saleId).toList()));
        List<SaleId> missing = sales.stream()
                .map(SaleView::saleId)
                .filter(id -> !found.containsKey(id))
                .toList();
        Future<Map<SaleId, SalePresentation>> read =
                missing.isEmpty() ? Future.succeededFuture(Map.of()) : read(missing);
        return read.map(more -> {
            found.putAll(more);
            return sales.stream()
                    .map(sale -> SaleJson.sale(sale, found.getOrDefault(sale.saleId(), SalePresentation.NONE)))
                    .toList();
        });
    }

    private Future<Map<SaleId, SalePresentation>> read(List<SaleId> sales) {
        return stored.of(sales)
                .onSuccess(read ->
                        sales.forEach(sale -> presentations.put(sale, read.getOrDefault(sale, SalePresentation.NONE))))
                .onFailure(cause -> LOG.warn("descriptions of sales cannot be read: {}", cause.toString()))
                .otherwise(Map.of());
    }

    Future<Optional<SalePresentations.Stored>> image(String hash) {
        return Future.fromCompletionStage(images.get(
                        hash,
                        (key, executor) -> stored.image(key)
                                .map(image -> image.orElse(null))
                                .toCompletionStage()
                                .toCompletableFuture()))
                .map(Optional::ofNullable);
    }

    /** Forgets a presentation that this edge has changed. */
    void forget(SaleId sale) {
        presentations.invalidate(sale);
    }
}
