package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.counter.CounterReader;
import dev.doorbuster.order.ledger.decide.LedgerRows;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the counters of running and recently closed sales with the ledger, and requests a recount if a counter is
 * missing or stays wrong. Each round handles one page of sales, so that every sale gets its turn. It only reads
 * counters, and its requests are idempotent, so it runs on every instance.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final LedgerReader ledger;
    private final CounterReader counters;
    private final Publisher publisher;
    private final JobsConfig config;
    private final DriftTracker driftTracker = new DriftTracker();
    /** The previous page's last sale; empty at the beginning. */
    private Optional<CountedSale> after = Optional.empty();

    private long unitsSoFar;
    private long goneSoFar;
    private volatile long drift;
    private volatile long missing;

    private Reconciler(LedgerReader ledger, CounterReader counters, Publisher publisher, JobsConfig config) {
        this.ledger = ledger;
        this.counters = counters;
        this.publisher = publisher;
        this.config = config;
    }

    /** Starts on an event loop of its own. */
    public static Future<Job> start(
            Vertx vertx,
            LedgerReader ledger,
            CounterReader counters,
            Publisher publisher,
            JobsConfig config,
            MeterRegistry registry) {
        var reconciler = new Reconciler(ledger, counters, publisher, config);
        reconciler.register(registry);
        return Job.start(vertx, "the reconciler", config.reconcileInterval(), reconciler::round);
    }

    private void register(MeterRegistry registry) {
        Gauge.builder("doorbuster.counters.drift", () -> drift)
                .description("Units by which counters and ledger differ, over all running sales; not zero while orders"
                        + " are in flight")
                .register(registry);
        Gauge.builder("doorbuster.counters.missing", () -> missing)
                .description("Running sales without a counter at the last check")
                .register(registry);
    }

    /** Reads counters first, then the ledger: orders in flight between the two appear as a difference that changes. */
    private Future<Void> round() {
        return page().compose(page -> readCounters(page)
                        .compose(read -> page().map(sales -> compare(sales, read)))
                        .onSuccess(asked -> turn(page)))
                .compose(publisher::publishAll);
    }

    private Future<List<CountedSale>> page() {
        return ledger.countedSales(after, config.closedMax(), config.salesPerRoundMax());
    }

    /** In sequence, to limit the load; a counter whose store does not answer is skipped. */
    private Future<Map<SaleId, Optional<CounterValue>>> readCounters(List<CountedSale> sales) {
        Map<SaleId, Optional<CounterValue>> read = new HashMap<>();
        Future<Void> chain = Future.succeededFuture();
        for (CountedSale each : sales) {
            SaleView sale = each.view();
            chain = chain.compose(v -> counters.read(sale.saleId(), sale.counter())
                    .onSuccess(value -> read.put(sale.saleId(), value))
                    .onFailure(away -> LOG.debug("{}'s counter cannot be read: {}", sale.saleId(), away.getMessage()))
                    .transform(done -> Future.succeededFuture()));
        }
        return chain.map(read);
    }

    private List<Addressed> compare(List<CountedSale> sales, Map<SaleId, Optional<CounterValue>> read) {
        var asked = new ArrayList<Addressed>();
        for (CountedSale each : sales) {
            SaleView sale = each.view();
            Optional<CounterValue> counter = read.get(sale.saleId());
            if (counter == null) {
                continue;
            }
            goneSoFar += counter.isEmpty() ? 1 : 0;
            unitsSoFar += counter.map(value -> Math.abs(value.available() - sale.available()))
                    .orElse(0L);
            driftTracker.compare(sale, counter).ifPresent(cause -> asked.add(recount(sale.saleId(), cause)));
        }
        return asked;
    }

    /** Continues with the next page; after the last one, ends the round over all sales and starts again. */
    private void turn(List<CountedSale> page) {
        if (page.size() == config.salesPerRoundMax()) {
            after = Optional.of(page.get(page.size() - 1));
            return;
        }
        after = Optional.empty();
        drift = unitsSoFar;
        missing = goneSoFar;
        unitsSoFar = 0;
        goneSoFar = 0;
        driftTracker.endOfLook();
    }

    private static Addressed recount(SaleId sale, SaleRecount.Cause cause) {
        LOG.debug("{}: requesting a recount: {}", sale, cause);
        Message message = Message.of(sale, new SaleRecount(cause));
        return new Addressed(Route.command(message), message);
    }

    /**
     * A sale whose counter is reconciled. Such sales are read in this order: running ones by id, then closed ones by
     * closing time and id.
     *
     * @param closedAt when it was closed; null while it is running
     */
    public record CountedSale(SaleView view, Instant closedAt) {
        public static CountedSale of(Row row) {
            return new CountedSale(LedgerRows.sale(row), LedgerRows.instant(row, "closed_at"));
        }

        /** The id after which running sales follow; null if none do. */
        public String runningAfter() {
            return closedAt == null ? view.saleId().value() : null;
        }

        /** The id after which sales with the same closing time follow; empty if all closed sales follow. */
        public String closedAfter() {
            return closedAt == null ? "" : view.saleId().value();
        }
    }
}
