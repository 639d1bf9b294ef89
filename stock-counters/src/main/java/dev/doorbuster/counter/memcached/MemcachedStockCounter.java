package dev.doorbuster.counter.memcached;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.CounterMetrics;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.OptimisticRetry;
import dev.doorbuster.counter.SaleSequencer;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.UnknownSaleException;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.MemcachedStore.Versioned;
import dev.doorbuster.runtime.store.MemcachedStore.Write;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stock in Memcached, with gets and cas.
 *
 * <p>Memcached has no transactions over several keys. The order of operations replaces them: claims and outcomes are read
 * before the counter; only the counter is compared and set; then the claims and outcomes that it covers are written. A crash in
 * between leaves the counter lowered for unrecorded orders: too low, never too high, until the next recount.
 *
 * <p>All keys of a sale are on one server.
 */
public final class MemcachedStockCounter implements StockCounter {
    private static final Logger LOG = LoggerFactory.getLogger(MemcachedStockCounter.class);
    private static final Duration FOR_EVER = Duration.ZERO;

    private final Function<SaleId, MemcachedStore> memcached;
    private final CounterConfig config;
    private final CounterMetrics metrics;
    private final OptimisticRetry rounds;
    private final SaleSequencer<Integer> sequencer;

    /** @param memcached the server of each sale */
    public MemcachedStockCounter(
            Vertx vertx, Function<SaleId, MemcachedStore> memcached, CounterConfig config, MeterRegistry registry) {
        this.memcached = memcached;
        this.config = config;
        this.metrics = new CounterMetrics(registry, CounterKind.MEMCACHED);
        this.rounds = new OptimisticRetry(vertx, config, metrics);
        this.sequencer = new SaleSequencer<>(config.sequences(), number -> number);
    }

    @Override
    public Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again) {
        return metrics.deciding(
                orders.size(),
                () -> sequencer.run(sale, resource -> rounds.run(() -> decideOnce(sale, orders, again))));
    }

    private Future<Optional<CounterDecisions>> decideOnce(SaleId sale, List<OrderPlaced> orders, Set<UUID> again) {
        String counter = MemcachedKeys.counter(sale);
        MemcachedStore store = memcached.apply(sale);
        return store.getsAll(keys(sale, orders)).compose(read -> {
            CounterDecisions counterDecisions = CounterDecisions.of(snapshot(sale, orders, read), orders, again);
            if (!counterDecisions.changeAnything()) {
                return Future.succeededFuture(Optional.of(counterDecisions));
            }
            long version = read.get(counter).version();
            return store.cas(counter, counterDecisions.after().toString(), FOR_EVER, version)
                    .compose(won -> won ? record(sale, counterDecisions) : Future.succeededFuture(Optional.empty()));
        });
    }

    /** The counter is last: the server reads in this order, so the counter is never older than the claims. */
    private static List<String> keys(SaleId sale, List<OrderPlaced> orders) {
        var keys = new ArrayList<String>(orders.size() * 2 + 1);
        orders.stream().map(OrderPlaced::buyer).distinct().forEach(buyer -> keys.add(MemcachedKeys.claim(sale, buyer)));
        orders.forEach(each -> keys.add(MemcachedKeys.outcome(sale, each.requestId())));
        keys.add(MemcachedKeys.counter(sale));
        return keys;
    }

    private static CounterSnapshot<BuyerClaims> snapshot(
            SaleId sale, List<OrderPlaced> orders, Map<String, Versioned> read) {
        CounterValue value = UnknownSaleException.require(sale, value(read, MemcachedKeys.counter(sale)));
        var claims = new HashMap<String, String>();
        var recorded = new HashMap<UUID, CounterOutcome>();
        for (OrderPlaced each : orders) {
            String claim = value(read, MemcachedKeys.claim(sale, each.buyer()));
            if (claim != null) {
                claims.put(each.buyer(), claim);
            }
            CounterOutcome.ofRecorded(value(read, MemcachedKeys.outcome(sale, each.requestId())))
                    .ifPresent(outcome -> recorded.put(each.requestId(), outcome));
        }
        return new CounterSnapshot<>(value, recorded, new BuyerClaims(claims));
    }

    private static String value(Map<String, Versioned> read, String key) {
        Versioned found = read.get(key);
        return found == null ? null : found.value();
    }

    /**
     * The counter is set, so the decision is final even if it cannot be recorded: a failure now would count these orders a
     * second time for certain; unrecorded orders are counted again only if they are redelivered.
     */
    private Future<Optional<CounterDecisions>> record(SaleId sale, CounterDecisions counterDecisions) {
        var writes = new ArrayList<Write>();
        for (OrderPlaced won : counterDecisions.counted()) {
            writes.add(new Write.Add(
                    MemcachedKeys.claim(sale, won.buyer()), won.orderId().toString(), config.claimKept()));
        }
        for (CounterDecision each : counterDecisions.fresh()) {
            writes.add(new Write.Set(
                    MemcachedKeys.outcome(sale, each.placed().requestId()),
                    each.outcome().recorded(),
                    config.outcomeKept()));
        }
        return memcached
                .apply(sale)
                .writeAll(writes)
                .onFailure(cause -> {
                    metrics.unrecorded(counterDecisions.fresh().size());
                    LOG.warn(
                            "cannot record {} decisions: {}",
                            counterDecisions.fresh().size(),
                            cause.toString());
                })
                .transform(done -> Future.succeededFuture(Optional.of(counterDecisions)));
    }

    @Override
    public Future<Boolean> install(SaleId sale, CounterValue recount) {
        return sequencer.run(
                sale,
                resource -> rounds.run(() -> installOnce(memcached.apply(sale), MemcachedKeys.counter(sale), recount)));
    }

    private Future<Optional<Boolean>> installOnce(MemcachedStore store, String key, CounterValue recount) {
        return store.getsAll(List.of(key)).compose(read -> {
            Versioned there = read.get(key);
            if (there != null && !recount.replaces(there.value())) {
                return Future.succeededFuture(Optional.of(false));
            }
            Future<Boolean> set = there == null
                    ? store.add(key, recount.toString(), FOR_EVER)
                    : store.cas(key, recount.toString(), FOR_EVER, there.version());
            return set.map(won -> won ? Optional.of(true) : Optional.empty());
        });
    }

    /** Deletes a claim only if unchanged since it was read: the buyer may have claimed with another order since. */
    @Override
    public Future<Void> release(SaleId sale, List<ClaimReleased> released) {
        var orderByClaim = new HashMap<String, List<String>>();
        for (ClaimReleased each : released) {
            orderByClaim
                    .computeIfAbsent(MemcachedKeys.claim(sale, each.buyer()), key -> new ArrayList<>())
                    .add(each.orderId().toString());
        }
        MemcachedStore store = memcached.apply(sale);
        return sequencer
                .run(
                        sale,
                        resource -> store.getsAll(List.copyOf(orderByClaim.keySet()))
                                .compose(read -> Future.join(read.entrySet().stream()
                                        .filter(entry -> orderByClaim
                                                .get(entry.getKey())
                                                .contains(entry.getValue().value()))
                                        .map(entry -> store.deleteIf(
                                                entry.getKey(), entry.getValue().version()))
                                        .toList())))
                .mapEmpty();
    }
}
