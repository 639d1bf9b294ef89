package dev.doorbuster.order.edge.sale.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cached readings of sales: all open ones every half second and after announcements, any other on request. Of two
 * readings of a sale the one that started later counts. While the database is unavailable the last readings are
 * kept, but no longer refuse as "sold out". To be used on one event loop only.
 */
public final class SaleCache {
    /** Minimum time between two readings, however many announcements arrive. */
    private static final Duration READING_GAP = Duration.ofMillis(25);

    private static final int LOOKUP_BATCH_MAX = 16;

    /** Sales that may wait for a look-up. */
    private static final int LOOKUPS_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(SaleCache.class);

    private final Vertx vertx;
    private final SaleCacheConfig config;
    private final LongSupplier nanoTime;
    private final Supplier<Future<List<SaleView>>> openSales;
    private final Function<SaleId, Future<Optional<SaleView>>> sale;
    private final Cache<String, Optional<SaleReading>> others;
    private final Batcher<SaleId, Optional<SaleReading>> lookups;
    private final OneShotTimer oneShotTimer;
    private Map<String, SaleReading> open = new HashMap<>();
    private long lastReadAt;
    private boolean everRead;
    private boolean reading;
    private boolean readAgain;

    public SaleCache(
            Vertx vertx,
            SaleCacheConfig config,
            LongSupplier nanoTime,
            Supplier<Future<List<SaleView>>> openSales,
            Function<SaleId, Future<Optional<SaleView>>> sale) {
        this.vertx = vertx;
        this.oneShotTimer = new OneShotTimer(vertx);
        this.config = config;
        this.nanoTime = nanoTime;
        this.openSales = openSales;
        this.sale = sale;
        this.others = Caffeine.newBuilder()
                .maximumSize(SaleCacheConfig.OTHERS_MAX)
                .expireAfterWrite(SaleCacheConfig.OTHER_FRESH_MAX)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        this.lookups = new Batcher<>(LOOKUP_BATCH_MAX, LOOKUPS_MAX, this::lookUp);
    }

    /** Starts reading all open sales periodically until stopped; completes after the first reading. */
    public Future<Void> start() {
        oneShotTimer.every(config.readingEvery(), this::readSoon);
        return read();
    }

    public Future<Void> stop() {
        oneShotTimer.cancel();
        return Future.succeededFuture();
    }

    /** The cached reading of the sale, or null. */
    public SaleReading known(String saleId) {
        return open.get(saleId);
    }

    /** Reads the sale; empty if there is no such sale; fails if the database cannot be read. */
    public Future<Optional<SaleReading>> find(SaleId id) {
        SaleReading known = open.get(id.value());
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        Optional<SaleReading> other = others.getIfPresent(id.value());
        return other == null ? refresh(id) : Future.succeededFuture(other);
    }

    /** As {@link #find}, but fails with a problem if there is no such sale. */
    public Future<SaleView> require(SaleId id) {
        return find(id).map(SaleCache::existing);
    }

    /** As {@link #refresh}, but fails with a problem if there is no such sale. */
    public Future<SaleView> requireCurrent(SaleId id) {
        return refresh(id).map(SaleCache::existing);
    }

    private static SaleView existing(Optional<SaleReading> reading) {
        return reading.orElseThrow(ProblemType.UNKNOWN_SALE::exception).sale();
    }

    /** Reads the sale's row now, after this edge has changed it. */
    public Future<Optional<SaleReading>> refresh(SaleId id) {
        return lookups.submit(id);
    }

    /** A change was announced: reads soon, but not more often than the minimum interval. */
    public void announced() {
        readSoon();
    }

    /** The reason why readings fail, if they do. */
    public Optional<String> problem() {
        if (!everRead) {
            return Optional.of("the sales have not been read yet");
        }
        boolean late = nanoTime.getAsLong() - lastReadAt
                > config.readingEvery().plus(config.readingMax()).toNanos();
        return late ? Optional.of("the sales cannot be read") : Optional.empty();
    }

    private void readSoon() {
        if (reading) {
            readAgain = true;
            return;
        }
        long gapNanos = READING_GAP.toNanos() - (nanoTime.getAsLong() - lastReadAt);
        if (gapNanos <= 0 || !everRead) {
            Future<Void> unused = read();
        } else {
            reading = true;
            long unused = vertx.setTimer(1 + TimeUnit.NANOSECONDS.toMillis(gapNanos), tick -> {
                Future<Void> unusedRead = read();
            });
        }
    }

    private Future<Void> read() {
        reading = true;
        readAgain = false;
        long began = nanoTime.getAsLong();
        return openSales
                .get()
                .timeout(config.readingMax().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(sales -> {
                    lastReadAt = began;
                    everRead = true;
                    replace(sales, began);
                })
                .onFailure(cause -> LOG.warn("the sales could not be read: {}", cause.toString()))
                .onComplete(done -> {
                    reading = false;
                    if (readAgain && done.succeeded()) {
                        readSoon();
                    }
                })
                .mapEmpty();
    }

    private void replace(List<SaleView> sales, long began) {
        var now = new HashMap<String, SaleReading>(sales.size() * 2);
        open.forEach((id, known) -> {
            if (known.readAt() - began > 0) {
                now.put(id, known);
            }
        });
        for (SaleView view : sales) {
            String id = view.saleId().value();
            var candidate = new SaleReading(view, began);
            Optional<SaleReading> other = others.getIfPresent(id);
            if (candidate.isNewerThan(now.get(id))
                    && candidate.isNewerThan(other == null ? null : other.orElse(null))) {
                now.put(id, candidate);
                others.invalidate(id);
            }
        }
        open = now;
    }

    private Future<List<Optional<SaleReading>>> lookUp(List<SaleId> ids) {
        long began = nanoTime.getAsLong();
        Map<SaleId, Future<Optional<SaleView>>> asked = new HashMap<>();
        ids.forEach(id -> asked.computeIfAbsent(id, sale));
        return Future.join(List.copyOf(asked.values()))
                .map(all -> ids.stream()
                        .map(id -> put(id, asked.get(id).result(), began))
                        .toList());
    }

    private Optional<SaleReading> put(SaleId id, Optional<SaleView> row, long began) {
        Optional<SaleReading> candidate = row.map(view -> new SaleReading(view, began));
        SaleReading known = open.get(id.value());
        if (known != null && known.readAt() - began > 0) {
            return Optional.of(known);
        }
        if (candidate.isPresent() && candidate.get().isOpen()) {
            open.put(id.value(), candidate.get());
            others.invalidate(id.value());
        } else {
            open.remove(id.value());
            others.put(id.value(), candidate);
        }
        return candidate;
    }
}
