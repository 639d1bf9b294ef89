package dev.doorbuster.notifier.pulse;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.notifier.sse.ServerSentEvent;
import dev.doorbuster.notifier.sse.StreamTopic;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.store.LiveRedis;
import dev.doorbuster.runtime.store.RedisSubscription;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The live statistics of this notifier. It consumes over a connection of its own and does not affect readiness: while Redis is
 * down, its queue drops the oldest messages and everything else continues.
 */
public final class Pulse {
    private final Vertx vertx;
    private final Streams streams;
    private final LiveRedis redis;
    private final PulsePublisher publisher;
    private RedisSubscription subscription;
    private AmqpConsumer consumer;

    /**
     * Creates it; reading works before it is started.
     *
     * @param sales with the ledger's units
     */
    public Pulse(Vertx vertx, Streams streams, LiveRedis redis, SaleLookup sales) {
        this.vertx = vertx;
        this.streams = streams;
        this.redis = redis;
        this.publisher = new PulsePublisher(vertx, redis.main(), sales);
    }

    /** Completes when the queue is consumed. */
    public Future<Pulse> start(BrokerConfig broker, AmqpPublisher deadLetters, MeterRegistry registry) {
        publisher.start();
        subscription = RedisSubscription.start(vertx, redis.main(), PulseKeys.CHANNEL, this::published);
        var recorder = new PulseRecorder(redis.main(), publisher::changed);
        return AmqpConsumer.start(
                        vertx,
                        broker,
                        "notifier pulse",
                        List.of(Subscription.to(DoorbusterTopology.PULSE_QUEUE, recorder)),
                        deadLetters,
                        new Health(),
                        registry)
                .onSuccess(started -> consumer = started)
                .map(this);
    }

    public Future<Void> stop() {
        publisher.stop();
        return consumer.stop().transform(stopped -> subscription.close());
    }

    /** The statistics of a sale; fails if Redis does not answer. */
    public Future<JsonObject> sale(SaleId sale) {
        return PulseReader.sale(redis.reading(), sale);
    }

    /** The rankings; fails if Redis does not answer. */
    public Future<JsonObject> rankings() {
        return PulseReader.rankings(redis.reading());
    }

    /** Estimates the buyers who came to both sales; fails if Redis does not answer. */
    public Future<Long> visitorsOfBoth(SaleId one, SaleId other) {
        return VisitorsOfBoth.count(redis.main(), one, other);
    }

    private void published(String message) {
        var json = new JsonObject(message);
        String event = json.getString("event");
        JsonObject data = json.getJsonObject("data");
        String sale = data.getString("saleId");
        StreamTopic topic = sale == null ? StreamTopic.SALES : StreamTopic.sale(new SaleId(sale));
        streams.publish(topic, new ServerSentEvent(null, event, data));
    }
}
