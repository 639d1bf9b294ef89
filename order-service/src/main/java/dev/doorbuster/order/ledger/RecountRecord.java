package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of each recount that was committed, by whomever, that it was: one line in the log, and one more in the figures. */
public final class RecountRecord {
    private static final Logger LOG = LoggerFactory.getLogger(RecountRecord.class);

    private final MeterRegistry registry;

    public RecountRecord(MeterRegistry registry) {
        this.registry = registry;
    }

    public void committed(SaleId sale, long epoch, long available, RecountCause cause) {
        String name = cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
        LOG.info("sale {} recounted: epoch {}, available {}, cause {}", sale, epoch, available, name);
        Counter.builder("doorbuster.recounts")
                .description("Recounts, by cause")
                .tag("cause", name)
                .register(registry)
                .increment();
    }
}
