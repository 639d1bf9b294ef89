package dev.doorbuster.notifier;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.start.OneShotTimer;
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
    private final Streams streams;
    private final Duration interval;
    private final OneShotTimer timer;
    private final Map<SaleId, Map<String, Long>> unitsByEvent = new HashMap<>();

    SaleActivity(Vertx vertx, Streams streams, Duration interval) {
        this.streams = streams;
        this.interval = interval;
        this.timer = new OneShotTimer(vertx);
    }

    /** Counts the units of an order. Sales without subscribers are not counted. */
    void add(SaleId sale, MessageType what, int units) {
        if (streams.hasListeners(StreamTopic.sale(sale))) {
            if (unitsByEvent.isEmpty()) {
                timer.after(interval, this::flush);
            }
            unitsByEvent.computeIfAbsent(sale, first -> new TreeMap<>()).merge(what.topic(), (long) units, Long::sum);
        }
    }

    Future<Void> stop() {
        timer.cancel();
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
