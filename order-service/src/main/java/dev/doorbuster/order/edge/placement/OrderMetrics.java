package dev.doorbuster.order.edge.placement;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.order.edge.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Counts and times requests to place an order by outcome. To be used on one event loop only. */
public final class OrderMetrics {
    private static final Duration[] SECONDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    /** Registered at zero, so that the first event is an increase. */
    private static final List<String> OUTCOMES = Stream.concat(
                    Stream.of("accepted", "replayed", "pending", "abandoned"),
                    Stream.of(
                                    ProblemType.SOLD_OUT,
                                    ProblemType.NOT_ENOUGH_LEFT,
                                    ProblemType.LIMIT_REACHED,
                                    ProblemType.INVALID_ORDER,
                                    ProblemType.SALE_NOT_OPEN,
                                    ProblemType.SALE_PAUSED,
                                    ProblemType.SALE_CLOSED,
                                    ProblemType.KEY_REUSED,
                                    ProblemType.OVERLOADED,
                                    ProblemType.OUTCOME_UNKNOWN)
                            .map(ProblemType::slug))
            .toList();

    private final MeterRegistry registry;
    private final Tags edge;
    private final Counter gateRefusals;
    private final Map<String, Counter> outcomes = new HashMap<>();
    private final Map<String, Timer> timers = new HashMap<>();

    /**
     * Registers the meters of one edge.
     *
     * @param edge its number within the process, for gauges; counters are shared
     */
    public OrderMetrics(MeterRegistry registry, int edge) {
        this.registry = registry;
        this.edge = Tags.of("edge", Integer.toString(edge));
        this.gateRefusals = Counter.builder("doorbuster.gate.refusals")
                .description("Requests without a key refused by their headers alone: sold out or overloaded")
                .register(registry);
        OUTCOMES.forEach(this::counter);
    }

    void gateRefused(String outcome) {
        gateRefusals.increment();
        counter(outcome).increment();
    }

    void done(String outcome, Instant receivedAt, Instant now) {
        counter(outcome).increment();
        timers.computeIfAbsent(outcome, this::timer).record(Duration.between(receivedAt, now));
    }

    void held(IntSupplier held) {
        Gauge unused = Gauge.builder("doorbuster.held.requests", held, IntSupplier::getAsInt)
                .description("Requests that wait for a confirm or a decision")
                .strongReference(true)
                .tags(edge)
                .register(registry);
    }

    Counter publishedAgain() {
        return Counter.builder("doorbuster.orders.published.again")
                .description("Orders that the broker confirmed and lost, published again")
                .register(registry);
    }

    DistributionSummary batchSizes() {
        return DistributionSummary.builder("doorbuster.entrance.batch.orders")
                .description("Orders in one published message")
                .serviceLevelObjectives(1, 4, 16, 64, 128, 256)
                .register(registry);
    }

    @CanIgnoreReturnValue
    private Counter counter(String outcome) {
        return outcomes.computeIfAbsent(
                outcome,
                name -> Counter.builder("doorbuster.orders")
                        .description("Requests to place an order, by outcome")
                        .tag("outcome", name)
                        .register(registry));
    }

    private Timer timer(String outcome) {
        return Timer.builder("doorbuster.order")
                .description("From a request's arrival to its outcome, without those refused at the gate")
                .serviceLevelObjectives(SECONDS)
                .tag("outcome", outcome)
                .register(registry);
    }
}
