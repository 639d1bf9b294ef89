package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.ledger.jobs.Job;
import dev.doorbuster.order.ledger.jobs.JobsConfig;
import dev.doorbuster.order.ledger.read.LedgerReader.OpenSale;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of running sales: units by status, and one gauge per invariant. They are read from the ledger and the
 * counters periodically, never during a scrape. Only the sales that opened last have them ({@link
 * JobsConfig#metricsSalesMax()}), which bounds the number of series. Units come from the sales' rows. To verify the
 * rows, orders are summed, which takes time in proportion to their number: one sale after the other, with pauses so
 * long that this takes only a small share of the database's time.
 */
public final class SaleMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(SaleMetrics.class);
    /** Summing orders takes at most this fraction of the time. */
    private static final int REST = 20;

    private static final Duration REST_MAX = Duration.ofMinutes(1);

    /** A sale, its counter, which may be missing or unreadable, and its last sums, if any. */
    private record Reading(OpenSale sale, Optional<CounterValue> counter, Optional<SaleSums> proof) {
        Optional<Long> available() {
            return counter.map(CounterValue::available);
        }

        Optional<Long> drift() {
            return available().map(available -> sale.stock() - sale.sold() - available);
        }
    }

    private final LedgerReader ledger;
    private final WholeSaleReader wholeSales;
    private final CounterReader counters;
    private final JobsConfig config;
    private final Map<MultiGauge, Function<Reading, Optional<Long>>> gauges = new LinkedHashMap<>();
    /** The last sums of each sale, oldest first; empty after a failure. */
    private final Map<SaleId, Optional<SaleSums>> proofs = new LinkedHashMap<>();

    private long restUntilNanos = System.nanoTime();
    private volatile long readAtNanos = System.nanoTime();

    private SaleMetrics(
            LedgerReader ledger,
            WholeSaleReader wholeSales,
            CounterReader counters,
            JobsConfig config,
            MeterRegistry registry) {
        this.ledger = ledger;
        this.wholeSales = wholeSales;
        this.counters = counters;
        this.config = config;
        register(registry);
    }

    private void register(MeterRegistry registry) {
        ofLedger(registry, "stock", "Units of the sale", OpenSale::stock);
        ofLedger(registry, "sold", "Units held or paid, from the sale's row", OpenSale::sold);
        ofLedger(registry, "held", "Units of RESERVED orders, from the sale's row", OpenSale::held);
        ofLedger(registry, "paid", "Units of PAID orders, from the sale's row", OpenSale::paid);
        proved(registry, "oversold", "Units held and paid beyond the stock", SaleSums::oversold);
        proved(registry, "mismatch", "Units by which row and orders differ", SaleSums::mismatch);
        gauge(registry, "available", "Units that the counter has left", Reading::available);
        gauge(registry, "drift", "stock - sold - available; orders in flight included", Reading::drift);
        Gauge unused = Gauge.builder("doorbuster.sale.figures.age", this::ageSeconds)
                .description("Age of the sales' metrics")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Starts on an event loop of its own. */
    public static Future<Job> start(
            Vertx vertx,
            LedgerReader ledger,
            WholeSaleReader wholeSales,
            CounterReader counters,
            JobsConfig config,
            MeterRegistry registry) {
        var metrics = new SaleMetrics(ledger, wholeSales, counters, config, registry);
        return Job.start(vertx, "reading the sales' figures", config.metricsInterval(), metrics::round);
    }

    private void ofLedger(MeterRegistry registry, String name, String description, ToLongFunction<OpenSale> units) {
        gauge(registry, name, description, reading -> Optional.of(units.applyAsLong(reading.sale())));
    }

    private void proved(MeterRegistry registry, String name, String description, ToLongFunction<SaleSums> units) {
        gauge(registry, name, description, reading -> reading.proof().map(units::applyAsLong));
    }

    private void gauge(
            MeterRegistry registry, String name, String description, Function<Reading, Optional<Long>> value) {
        var gauge = MultiGauge.builder("doorbuster.sale." + name)
                .description(description)
                .register(registry);
        gauges.put(gauge, value);
    }

    private double ageSeconds() {
        return (System.nanoTime() - readAtNanos) / 1e9;
    }

    private Future<Void> round() {
        return ledger.openUnits(config.metricsSalesMax())
                .compose(sales -> prove(sales).compose(proved -> withCounters(sales)))
                .onSuccess(this::show)
                .mapEmpty();
    }

    /** Sums the orders of the sale with the oldest sums, unless the pause after the last one is not over. */
    private Future<Void> prove(List<OpenSale> sales) {
        List<SaleId> open = sales.stream().map(OpenSale::id).toList();
        proofs.keySet().retainAll(open);
        long begun = System.nanoTime();
        if (open.isEmpty() || begun - restUntilNanos < 0) {
            return Future.succeededFuture();
        }
        SaleId next = open.stream()
                .filter(sale -> !proofs.containsKey(sale))
                .findFirst()
                .orElseGet(() -> proofs.keySet().iterator().next());
        return wholeSales
                .sums(next)
                .onFailure(cause -> LOG.warn("sale {}: its orders could not be added up: {}", next, cause.toString()))
                .map(Optional::of)
                .otherwise(Optional.empty())
                .onSuccess(proof -> {
                    rest(System.nanoTime() - begun);
                    proofs.remove(next);
                    proofs.put(next, proof);
                })
                .mapEmpty();
    }

    private void rest(long readNanos) {
        restUntilNanos = System.nanoTime() + Math.min(readNanos * REST, REST_MAX.toNanos());
    }

    /** In sequence, to limit the load. */
    private Future<List<Reading>> withCounters(List<OpenSale> sales) {
        Future<List<Reading>> all = Future.succeededFuture(new ArrayList<>());
        for (OpenSale sale : sales) {
            all = all.compose(before -> counters.read(sale.id(), sale.counter())
                    .onFailure(away -> LOG.debug("{}'s counter cannot be read: {}", sale.id(), away.getMessage()))
                    .otherwise(Optional.empty())
                    .map(counter -> {
                        before.add(new Reading(sale, counter, proofs.getOrDefault(sale.id(), Optional.empty())));
                        return before;
                    }));
        }
        return all;
    }

    private void show(List<Reading> all) {
        gauges.forEach((gauge, value) -> gauge.register(rows(all, value), true));
        readAtNanos = System.nanoTime();
    }

    /** Unknown values are omitted. */
    private static List<MultiGauge.Row<?>> rows(List<Reading> all, Function<Reading, Optional<Long>> value) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (Reading each : all) {
            value.apply(each)
                    .ifPresent(units -> rows.add(
                            MultiGauge.Row.of(Tags.of("sale", each.sale().id().value()), units)));
        }
        return rows;
    }
}
