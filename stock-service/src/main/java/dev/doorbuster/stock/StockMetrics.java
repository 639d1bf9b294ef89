package dev.doorbuster.stock;

import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.counter.CounterDecisions;
import dev.doorbuster.counter.CounterDecisions.CounterDecision;
import dev.doorbuster.counter.CounterOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Metrics of the decider. Sales and buyers are never labels. */
final class StockMetrics {
    private final Counter reservations;
    private final Counter uncounted;
    private final Map<RefusalReason, Counter> refusals = new EnumMap<>(RefusalReason.class);
    private final Counter recountRequests;
    private final Counter answersSkipped;

    StockMetrics(MeterRegistry registry) {
        reservations = Counter.builder("doorbuster.stock.reservations")
                .description("Orders granted and counted")
                .register(registry);
        uncounted = Counter.builder("doorbuster.stock.passed.uncounted")
                .description("Orders granted without counting; the ledger decides")
                .register(registry);
        for (CounterOutcome outcome : CounterOutcome.values()) {
            outcome.refusal()
                    .ifPresent(reason -> refusals.put(
                            reason,
                            Counter.builder("doorbuster.stock.refusals")
                                    .description("Requests refused by a counter")
                                    .tag("reason", reason.wireName())
                                    .register(registry)));
        }
        recountRequests = Counter.builder("doorbuster.stock.recount.requests")
                .description("Recounts requested because a counter was missing")
                .register(registry);
        answersSkipped = Counter.builder("doorbuster.stock.answers.skipped")
                .description("Refusals not written to the answer cache")
                .register(registry);
    }

    void decided(CounterDecisions counterDecisions) {
        for (CounterDecision each : counterDecisions.all()) {
            switch (each.outcome()) {
                case GRANTED_COUNTED -> reservations.increment();
                case GRANTED_UNCOUNTED -> uncounted.increment();
                case REFUSED_SOLD_OUT, REFUSED_NOT_ENOUGH_LEFT ->
                    each.outcome().refusal().map(refusals::get).ifPresent(Counter::increment);
            }
        }
    }

    void recountAsked() {
        recountRequests.increment();
    }

    void answersSkipped(int count) {
        answersSkipped.increment(count);
    }
}
