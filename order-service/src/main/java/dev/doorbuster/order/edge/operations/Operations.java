package dev.doorbuster.order.edge.operations;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.stats.InstanceStats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /api/operations}. Requests within one second share a reading. A part that does not answer is listed as
 * missing; the others are returned. To be used on one event loop only.
 */
public final class Operations {
    private final OperationsConfig config;
    private final Supplier<Future<List<InstanceStats>>> stats;
    private final QueueDepths queues;
    private Future<JsonObject> reading;
    private long readAtNanos;

    /**
     * Limits of operations requests.
     *
     * @param freshMax how long one reading is shared by requests
     * @param deadLettersMax dead letters shown, and handled by one request
     */
    public record OperationsConfig(Duration freshMax, int deadLettersMax) {
        private static final Duration FRESH = Duration.ofMillis(900);
        private static final int DEAD_LETTERS_SHOWN_MAX = 100;

        public static OperationsConfig defaults() {
            return new OperationsConfig(FRESH, DEAD_LETTERS_SHOWN_MAX);
        }
    }

    /**
     * Does not read yet.
     *
     * @param stats metrics of all living instances; fails if they cannot be read
     */
    public Operations(
            Vertx vertx, OperationsConfig config, Supplier<Future<List<InstanceStats>>> stats, BrokerConfig broker) {
        this.config = config;
        this.stats = stats;
        this.queues = new QueueDepths(vertx, broker);
    }

    public void handle(ApiRequest request) {
        request.answer(current(), page -> request.json(200, page));
    }

    public Future<Void> close() {
        return queues.close();
    }

    Future<JsonObject> current() {
        boolean old = reading != null
                && System.nanoTime() - readAtNanos > config.freshMax().toNanos();
        if (reading == null || (old && reading.isComplete())) {
            readAtNanos = System.nanoTime();
            reading = read();
        }
        return reading;
    }

    private Future<JsonObject> read() {
        Future<Optional<List<InstanceStats>>> instances =
                stats.get().map(Optional::of).otherwise(Optional.empty());
        Future<Optional<Map<String, Long>>> depths =
                queues.read().map(Optional::of).otherwise(Optional.empty());
        return Future.all(instances, depths).map(both -> page(instances.result(), depths.result()));
    }

    private JsonObject page(Optional<List<InstanceStats>> instances, Optional<Map<String, Long>> depths) {
        var missing = new JsonArray();
        // this edge's own metrics must be among them, unless none are written or they were just lost: then an empty
        // sum is unknown, not zero
        // is no zero
        if (instances.orElse(List.of()).isEmpty()) {
            missing.add("figures");
        }
        if (depths.isEmpty()) {
            missing.add("queues");
        }
        var systemTotals = new SystemTotals(instances.orElse(List.of()));
        return new JsonObject()
                .put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("missing", missing)
                .put("instances", instances(instances.orElse(List.of())))
                .put("orders", systemTotals.by("doorbuster.orders", "outcome"))
                .put("orderTimes", systemTotals.times("doorbuster.order"))
                .put("gateRefusals", systemTotals.sum("doorbuster.gate.refusals"))
                .put("waiting", systemTotals.sum("doorbuster.held.requests"))
                .put("ledger", systemTotals.by("doorbuster.ledger.orders", "outcome"))
                .put("counted", systemTotals.sum("doorbuster.stock.reservations"))
                .put("refused", systemTotals.sum("doorbuster.stock.refusals"))
                .put("lostRounds", systemTotals.sum("doorbuster.stock.lost.rounds"))
                .put("queues", new JsonObject(Map.copyOf(depths.orElse(Map.of()))))
                .put("sales", systemTotals.sales());
    }

    private static JsonObject instances(List<InstanceStats> instances) {
        var count = new JsonObject();
        instances.forEach(each -> count.put(each.service(), count.getInteger(each.service(), 0) + 1));
        return count;
    }
}
