package dev.doorbuster.order.edge.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.pending.PendingMarkers;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.order.ledger.read.SaleSums;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies that a sale sold exactly its stock. First a marker must return, so that everything accepted before is
 * decided, and no dead letter may concern the sale. Then the ledger is read in one snapshot between two readings of
 * the counter, because the two stores have no common clock: if both readings agree, the counter had that value at
 * the snapshot. A missing counter is recounted and read again. The ledger sums all orders of the sale, which takes
 * time in proportion to their number; verifications read it in sequence, to limit the load on the database. To be
 * used on one event loop only.
 */
public final class Verification {
    /** Sales whose drift is tracked. */
    private static final int SALES_TRACKED_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    private final VerificationConfig config;
    private final LongSupplier nanoTime;
    private final SaleCache saleCache;
    private final Function<SaleId, Future<PendingMarkers.Outcome>> marker;
    private final Function<SaleId, Future<Optional<PendingReason>>> setAside;
    private final BiFunction<SaleId, CounterKind, Future<Optional<CounterValue>>> counters;
    private final Batcher<SaleId, SaleSums> ledger;
    private final BiFunction<Long, SaleView, Future<Void>> recounted;
    private final Cache<String, Sighting> differences;

    /** Identity of a drift: in a running sale drifts by different amounts come and go. */
    private record Drift(long epoch, long units, long sold) {}

    private record Sighting(Object difference, long since) {}

    /**
     * @param marker sends a marker that follows all orders of the sale; fails if too many are in flight
     * @param setAside why an undecided order of the sale may be in a dead-letter queue; empty if none can; never fails
     * @param recounted completes when the sale's counter has a recount later than that epoch
     */
    public Verification(
            VerificationConfig config,
            LongSupplier nanoTime,
            SaleCache saleCache,
            Function<SaleId, Future<PendingMarkers.Outcome>> marker,
            Function<SaleId, Future<Optional<PendingReason>>> setAside,
            BiFunction<SaleId, CounterKind, Future<Optional<CounterValue>>> counters,
            Function<SaleId, Future<SaleSums>> ledger,
            BiFunction<Long, SaleView, Future<Void>> recounted) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.saleCache = saleCache;
        this.marker = marker;
        this.setAside = setAside;
        this.counters = counters;
        this.ledger = new Batcher<>(
                1,
                VerificationConfig.RUNNING_MAX,
                one -> ledger.apply(one.get(0)).map(List::of));
        this.recounted = recounted;
        this.differences = Caffeine.newBuilder()
                .maximumSize(2L * SALES_TRACKED_MAX)
                .executor(Runnable::run)
                .build();
    }

    /** {@code GET /api/sales/{saleId}/verification}. */
    public void handle(ApiRequest request) {
        request.answer(verify(request.saleId()), page -> request.json(200, page));
    }

    Future<JsonObject> verify(SaleId id) {
        return saleCache
                .require(id)
                .compose(sale -> undecided(id).compose(reason -> lookUntilCounted(sale, reason)))
                .map(proof -> proof.page(proof.verdict(isOld(proof))));
    }

    /** Messages dead-lettered meanwhile are overtaken by the marker, so these queues are checked once it is back. */
    private Future<Optional<PendingReason>> undecided(SaleId id) {
        int partition = id.partition();
        String orders = DoorbusterTopology.orders(partition);
        return marker.apply(id).compose(outcome -> switch (outcome) {
            case RETURNED -> setAside.apply(id);
            case UNCONFIRMED -> pending(PendingReason.Kind.BROKER, orders);
            case NOT_RETURNED ->
                pending(PendingReason.Kind.ORDERS, orders + ", " + DoorbusterTopology.ledger(partition));
        });
    }

    private static Future<Optional<PendingReason>> pending(PendingReason.Kind kind, String queues) {
        return Future.succeededFuture(Optional.of(new PendingReason(kind, queues)));
    }

    private Future<SaleProof> lookUntilCounted(SaleView sale, Optional<PendingReason> undecided) {
        SaleId id = sale.saleId();
        return look(id, sale.counter(), undecided)
                .compose(proof -> proof.needsRecount(SaleReading.isOpen(sale))
                        ? recounted
                                .apply(proof.sums().epoch(), sale)
                                .compose(done -> look(id, sale.counter(), undecided))
                                .onFailure(cause ->
                                        LOG.warn("the counter of sale {} is not recounted: {}", id, cause.toString()))
                                .otherwise(proof)
                        : Future.succeededFuture(proof));
    }

    private Future<SaleProof> look(SaleId id, CounterKind kind, Optional<PendingReason> undecided) {
        return counter(id, kind)
                .compose(before -> ledger.submit(id)
                        .compose(sums -> counter(id, kind)
                                .map(after -> new SaleProof(
                                        id,
                                        sums,
                                        undecided,
                                        kind,
                                        after,
                                        before.isPresent() && Objects.equals(before, after)))));
    }

    /** If the counter's store does not answer there is no value; the ledger's sums are returned anyway. */
    private Future<Optional<CounterValue>> counter(SaleId id, CounterKind kind) {
        return counters.apply(id, kind)
                .onFailure(cause -> LOG.warn("the counter of sale {} could not be read: {}", id, cause.toString()))
                .otherwise(Optional.empty());
    }

    /** Lost orders are published again by their edge, and a wrong counter is recounted, if there is time for it. */
    private boolean isOld(SaleProof proof) {
        if (!proof.quiet()) {
            return false;
        }
        String sale = proof.sale().value();
        boolean missing = isOld(
                sale + " missing",
                proof.sums().missing() == 0 ? null : proof.sums().missingOrders());
        return isDriftOld(sale, proof) || missing;
    }

    private boolean isDriftOld(String sale, SaleProof proof) {
        Long units = proof.drift();
        if (units == null) {
            return false;
        }
        return isOld(
                sale,
                units == 0 ? null : new Drift(proof.counter().orElseThrow().epoch(), units, proof.sold()));
    }

    /** Whether this difference was seen before its time limit and ever since; null for none. */
    private boolean isOld(String key, Object difference) {
        long now = nanoTime.getAsLong();
        if (difference == null) {
            differences.invalidate(key);
            return false;
        }
        Sighting known = differences.getIfPresent(key);
        if (known == null || !known.difference().equals(difference)) {
            differences.put(key, new Sighting(difference, now));
            return false;
        }
        return now - known.since() > config.driftMax().toNanos();
    }
}
