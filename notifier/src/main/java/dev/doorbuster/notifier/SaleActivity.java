package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Aggregates order events of a sale into anonymous counts of units (confirmed, paid, expired and so on), published
 * at most once per interval. The counts are approximate: after a crash, redelivered events may be counted twice.
 */
final class SaleActivity {
    private final Vertx vertx;
    private final Streams streams;
    private final Map<SaleId, Map<String, Long>> unitsByEvent = new HashMap<>();
    private final long timer;

    SaleActivity(Vertx vertx, Streams streams, Duration interval) {
        this.vertx = vertx;
        this.streams = streams;
        this.timer = vertx.setPeriodic(interval.toMillis(), tick -> flush());
    }

    /** Counts the units of an order. Sales without subscribers are not counted. */
    void add(SaleId sale, MessageType what, int units) {
        if (streams.hasListeners(StreamTopic.sale(sale))) {
            unitsByEvent.computeIfAbsent(sale, first -> new TreeMap<>()).merge(what.topic(), (long) units, Long::sum);
        }
    }

    Future<Void> stop() {
        boolean unused = vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    private void flush() {
        unitsByEvent.forEach((sale, units) -> streams.publish(
                StreamTopic.sale(sale),
                new ServerSentEvent(
                        null,
                        "sale.activity",
                        new JsonObject().put("saleId", sale.value()).put("units", new JsonObject(Map.copyOf(units))))));
        unitsByEvent.clear();
    }
}
