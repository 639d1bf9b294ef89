package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The ledger in figures, without a label that grows with buyers, orders or sales. */
final class LedgerMetrics {
    private final MeterRegistry registry;
    private final Timer commits;
    private final DistributionSummary rows;
    private final RecountRecord recounts;

    LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.recounts = new RecountRecord(registry);
        this.commits = Timer.builder("doorbuster.ledger.commit")
                .description("One sale's transaction, from the pool's connection to the commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500))
                .register(registry);
        this.rows = DistributionSummary.builder("doorbuster.ledger.commit.rows")
                .description("Orders inserted by one transaction")
                .serviceLevelObjectives(1, 10, 100, 1000)
                .register(registry);
    }

    void committed(long startedNanos, List<Message> messages, SaleBook book) {
        commits.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
        rows.record(book.inserted().size());
        for (OrderRow row : book.inserted()) {
            outcome(
                    row.view().reason() == null
                            ? "reserved"
                            : row.view().reason().wireName(),
                    1);
        }
        for (OrderRow row : book.changed()) {
            outcome(wireName(row.view().status()), 1);
        }
        long orders = messages.stream()
                .flatMap(message -> message.elements().stream())
                .filter(OrderGranted.class::isInstance)
                .count();
        outcome("replayed", (double) orders - book.inserted().size());
        SaleView after = book.after();
        book.recounted()
                .ifPresent(cause -> recounts.committed(after.saleId(), after.epoch(), after.available(), cause));
    }

    private void outcome(String outcome, double orders) {
        Counter.builder("doorbuster.ledger.orders")
                .description("Orders that met the ledger, by what became of them")
                .tag("outcome", outcome)
                .register(registry)
                .increment(orders);
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
