package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ledger.decide.RecountCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts each committed recount. */
public final class RecountReporter {
    private static final Logger LOG = LoggerFactory.getLogger(RecountReporter.class);

    private final Map<RecountCause, Counter> counters = new EnumMap<>(RecountCause.class);

    public RecountReporter(MeterRegistry registry) {
        for (RecountCause cause : RecountCause.values()) {
            counters.put(
                    cause,
                    Counter.builder("doorbuster.recounts")
                            .description("Recounts, by cause")
                            .tag("cause", wireName(cause))
                            .register(registry));
        }
    }

    public void committed(SaleId sale, long epoch, long available, RecountCause cause) {
        LOG.info("sale {} recounted: epoch {}, available {}, cause {}", sale, epoch, available, wireName(cause));
        counters.get(cause).increment();
    }

    private static String wireName(RecountCause cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
