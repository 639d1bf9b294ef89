package dev.doorbuster.order.edge.report;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.start.OneShotTimer;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in Memcached how often the pages of open sales are loaded. Best effort: views are lost while Memcached is
 * down, and a count is forgotten {@link #KEPT} after its first view. To be used on one event loop only.
 *
 * <p>Views are added up here and sent once a second. An edge counts at most {@link #SALES_MAX} different sales in the
 * time a count is kept, each with less than 150 bytes in Memcached: a small part of its memory, so that counters need
 * not be evicted for views.
 */
public final class PageViews {
    /** Sales with a count, for each edge and {@link #KEPT}. */
    static final int SALES_MAX = 1_000;

    static final Duration KEPT = Duration.ofDays(1);
    private static final Duration SENT_EVERY = Duration.ofSeconds(1);
    private static final Duration ANSWER_MAX = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(PageViews.class);

    private final MemcachedStore memcached;
    private final Predicate<String> isOpen;
    private final LongSupplier nanoTime;
    private final OneShotTimer timer;
    private final Set<String> counted = new HashSet<>();
    private long countedSince;
    private Map<String, Long> unsent = new HashMap<>();
    private boolean sending;

    /** @param isOpen whether a sale is open, without I/O */
    public PageViews(Vertx vertx, MemcachedStore memcached, Predicate<String> isOpen, LongSupplier nanoTime) {
        this.memcached = memcached;
        this.isOpen = isOpen;
        this.nanoTime = nanoTime;
        this.timer = new OneShotTimer(vertx);
        this.countedSince = nanoTime.getAsLong();
    }

    public Future<PageViews> start() {
        timer.every(SENT_EVERY, () -> {
            Future<Void> unused = send();
        });
        return Future.succeededFuture(this);
    }

    public Future<Void> stop() {
        timer.cancel();
        return send();
    }

    /** Counts a view, if the sale is open. */
    public void viewed(String saleId) {
        if (isOpen.test(saleId) && isWithinLimit(saleId)) {
            unsent.merge(saleId, 1L, Long::sum);
        }
    }

    /** The counts of those sales that have one; none if Memcached does not answer. */
    Future<Map<SaleId, Long>> of(List<SaleId> sales) {
        if (memcached.problem().isPresent()) {
            return Future.succeededFuture(Map.of());
        }
        return memcached
                .getAll(sales.stream().map(MemcachedKeys::pageViews).toList())
                .timeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .map(found -> counts(sales, found))
                .onFailure(cause -> LOG.debug("page views cannot be read: {}", cause.toString()))
                .otherwise(Map.of());
    }

    /** Sends the views so far, one request at a time. */
    Future<Void> send() {
        if (sending || unsent.isEmpty()) {
            return Future.succeededFuture();
        }
        var steps = new HashMap<String, Long>();
        unsent.forEach((sale, views) -> steps.put(MemcachedKeys.pageViews(new SaleId(sale)), views));
        unsent = new HashMap<>();
        if (memcached.problem().isPresent()) {
            return Future.succeededFuture();
        }
        sending = true;
        return memcached
                .increaseAll(steps, KEPT)
                .onComplete(done -> sending = false)
                .onFailure(cause -> LOG.debug("page views are lost: {}", cause.toString()))
                .otherwiseEmpty();
    }

    private boolean isWithinLimit(String saleId) {
        if (nanoTime.getAsLong() - countedSince > KEPT.toNanos()) {
            counted.clear();
            countedSince = nanoTime.getAsLong();
        }
        return counted.contains(saleId) || (counted.size() < SALES_MAX && counted.add(saleId));
    }

    private static Map<SaleId, Long> counts(List<SaleId> sales, Map<String, String> found) {
        var counts = new HashMap<SaleId, Long>();
        for (SaleId sale : sales) {
            number(found.get(MemcachedKeys.pageViews(sale))).ifPresent(views -> counts.put(sale, views));
        }
        return counts;
    }

    private static Optional<Long> number(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            LOG.debug("not a number of views: {}", text);
            return Optional.empty();
        }
    }
}
