package dev.doorbuster.stock;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.MemcachedStore.Write;
import dev.doorbuster.stock.StockConfig.DeciderConfig;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores refusals for lookup. Best effort: never fails, waits briefly, and skips the write while the cache is known to be down,
 * so that its outage does not slow down sales of other counters.
 */
final class RefusalCache {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalCache.class);

    private final MemcachedStore memcached;
    private final DeciderConfig config;
    private final StockMetrics metrics;

    RefusalCache(MemcachedStore memcached, DeciderConfig config, StockMetrics metrics) {
        this.memcached = memcached;
        this.config = config;
        this.metrics = metrics;
    }

    Future<Void> keep(List<RefusedOrder> refused) {
        if (refused.isEmpty()) {
            return Future.succeededFuture();
        }
        if (memcached.problem().isPresent()) {
            metrics.answersSkipped(refused.size());
            return Future.succeededFuture();
        }
        List<Write.Set> answers = refused.stream()
                .map(each -> new Write.Set(
                        MemcachedKeys.answer(each.placed().orderId()),
                        each.reason().wireName(),
                        config.answerKept()))
                .toList();
        return memcached
                .writeAll(answers)
                .timeout(config.answerWriteMax().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> {
                    metrics.answersSkipped(refused.size());
                    LOG.debug("cannot write {} refusals to the answer cache: {}", refused.size(), cause.toString());
                })
                .transform(done -> Future.succeededFuture());
    }

    record RefusedOrder(OrderPlaced placed, RefusalReason reason) {
        static List<RefusedOrder> of(CounterDecisions counterDecisions) {
            return counterDecisions.all().stream()
                    .flatMap(each ->
                            each.outcome().refusal().map(reason -> new RefusedOrder(each.placed(), reason)).stream())
                    .toList();
        }

        /** Reports to the ledger that these requests are decided; none for orders of edges of an older version. */
        static List<SaleMarker> report(List<RefusedOrder> refused) {
            List<OrderNumber> numbers = refused.stream()
                    .map(each -> each.placed().number())
                    .filter(Objects::nonNull)
                    .toList();
            return numbers.isEmpty()
                    ? List.of()
                    : SaleMarker.ofDecided(refused.get(0).placed().edgeId(), numbers);
        }
    }
}
