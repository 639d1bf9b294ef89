package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.decide.OrderRow;
import dev.doorbuster.order.ledger.decide.RecountCause;
import dev.doorbuster.order.ledger.decide.SaleBook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's metrics, without labels for buyers, orders or sales. */
final class LedgerMetrics {
    private static final String REPLAYED = "replayed";

    private final Timer commits;
    private final DistributionSummary rows;
    private final RecountReporter recounts;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.recounts = new RecountReporter(registry);
        this.commits = Timer.builder("doorbuster.ledger.commit")
                .description("One sale's transaction, from the pool's connection to the commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
        this.rows = DistributionSummary.builder("doorbuster.ledger.commit.rows")
                .description("Orders inserted by one transaction")
                .serviceLevelObjectives(1, 4, 16, 64, 256, 1024)
                .register(registry);
        // Registered at zero, so that the first event is an increase.
        outcomes().forEach(name -> outcome(name, 0));
    }

    private static Stream<String> outcomes() {
        return Stream.of(
                        Stream.of(REPLAYED),
                        Arrays.stream(RefusalReason.values()).map(RefusalReason::wireName),
                        EnumSet.complementOf(EnumSet.of(OrderStatus.PENDING, OrderStatus.REJECTED)).stream()
                                .map(LedgerMetrics::wireName))
                .flatMap(names -> names);
    }

    void committed(long startedNanos, List<Message> messages, SaleBook book) {
        commits.record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
        rows.record(book.inserted().size());
        for (OrderRow row : book.inserted()) {
            RefusalReason reason = row.view().reason();
            outcome(reason == null ? wireName(OrderStatus.RESERVED) : reason.wireName(), 1);
        }
        for (OrderRow row : book.changed()) {
            outcome(wireName(row.view().status()), 1);
        }
        long orders = messages.stream()
                .flatMap(message -> message.elements().stream())
                .filter(OrderGranted.class::isInstance)
                .count();
        outcome(REPLAYED, (double) orders - book.inserted().size());
        SaleView after = book.after();
        book.recounted()
                .ifPresent(cause -> recounts.committed(after.saleId(), after.epoch(), after.available(), cause));
    }

    private void outcome(String outcome, double orders) {
        outcomes.computeIfAbsent(
                        outcome,
                        name -> Counter.builder("doorbuster.ledger.orders")
                                .description("Orders processed by the ledger, by result")
                                .tag("outcome", name)
                                .register(registry))
                .increment(orders);
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Logs and counts each committed recount. */
    private static final class RecountReporter {
        private static final Logger LOG = LoggerFactory.getLogger(RecountReporter.class);

        private final Map<RecountCause, Counter> counters = new EnumMap<>(RecountCause.class);

        RecountReporter(MeterRegistry registry) {
            for (RecountCause cause : RecountCause.values()) {
                counters.put(
                        cause,
                        Counter.builder("doorbuster.recounts")
                                .description("Recounts, by cause")
                                .tag("cause", wireName(cause))
                                .register(registry));
            }
        }

        void committed(SaleId sale, long epoch, long available, RecountCause cause) {
            LOG.info("sale {} recounted: epoch {}, available {}, cause {}", sale, epoch, available, wireName(cause));
            counters.get(cause).increment();
        }

        private static String wireName(RecountCause cause) {
            return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
