package dev.doorbuster.order.edge.sale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.ledger.read.LedgerReader.HeldUnits;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.function.Function;

/**
 * {@code GET /api/sales/{saleId}/holds}: units of a sold-out sale that may be returned. The ledger is read once per
 * sale within the time an answer is cached. To be used on one event loop only.
 */
public final class HeldUnitsOperation implements ApiOperation {
    private final SaleCache saleCache;
    private final Function<SaleId, Future<HeldUnits>> held;
    private final Cache<SaleId, Future<HeldUnits>> answers;

    public HeldUnitsOperation(SaleCache saleCache, Function<SaleId, Future<HeldUnits>> held) {
        this.saleCache = saleCache;
        this.held = held;
        this.answers = Caffeine.newBuilder()
                .maximumSize(SaleCacheConfig.OTHERS_MAX)
                .expireAfterWrite(SaleCacheConfig.OTHER_FRESH_MAX)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public void handle(ApiRequest request) {
        SaleId id = request.saleId();
        request.answer(
                saleCache.require(id).compose(sale -> read(id)),
                units -> request.json(
                        200,
                        new JsonObject()
                                .put("saleId", id.value())
                                .put("held", units.held())
                                .put("nextEndsAt", Objects.toString(units.nextEndsAt(), null))));
    }

    /** Failures are not cached. */
    Future<HeldUnits> read(SaleId id) {
        Future<HeldUnits> kept = answers.getIfPresent(id);
        if (kept != null) {
            return kept;
        }
        Future<HeldUnits> asked = held.apply(id);
        answers.put(id, asked);
        return asked.onFailure(cause -> answers.asMap().remove(id, asked));
    }
}
