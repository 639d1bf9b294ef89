package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.runtime.amqp.Backoff;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes its subscriptions over one {@link ConsumerChannel} at a time and opens a new one when it ends. Handlers run on the
 * event loop on which the consumer was started.
 */
public final class AmqpConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(AmqpConsumer.class);

    private final Vertx vertx;
    private final Context context;
    private final BrokerConfig config;
    private final String name;
    private final List<Subscription> subscriptions;
    private final AmqpPublisher deadLetters;
    private final MeterRegistry registry;
    private final Backoff backoff;
    private final Promise<AmqpConsumer> firstOpen = Promise.promise();
    /** Written on the event loop, read by health checks on any thread. */
    private volatile ConsumerChannel channel;

    private Future<Void> opened = Future.succeededFuture();
    private boolean stopped;

    private AmqpConsumer(
            Vertx vertx,
            BrokerConfig config,
            String name,
            List<Subscription> subscriptions,
            AmqpPublisher deadLetters,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.name = name;
        this.subscriptions = List.copyOf(subscriptions);
        this.deadLetters = deadLetters;
        this.registry = registry;
        this.backoff = new Backoff(config.retryFirst(), config.retryMax());
    }

    /** Completes when the first connection is open and every subscription without delay is active; retries until then. */
    public static Future<AmqpConsumer> start(
            Vertx vertx,
            BrokerConfig config,
            String name,
            List<Subscription> subscriptions,
            AmqpPublisher deadLetters,
            Health health,
            MeterRegistry registry) {
        var consumer = new AmqpConsumer(vertx, config, name, subscriptions, deadLetters, registry);
        health.register("rabbitmq consumer " + name, consumer::problem);
        consumer.open();
        return consumer.firstOpen.future();
    }

    /** Cancels the subscriptions, waits for the running batches and closes the connection. */
    public Future<Void> stop() {
        return EventLoop.on(context, () -> {
            stopped = true;
            return opened.transform(done -> channel == null ? Future.succeededFuture() : channel.stop());
        });
    }

    private void open() {
        var candidate = new ConsumerChannel(vertx, config, name, deadLetters, registry, this::openAgain);
        opened = candidate
                .open(subscriptions)
                .onSuccess(v -> {
                    if (candidate.isAlive()) {
                        backoff.reset();
                        channel = candidate;
                        LOG.info("consuming from {}", config);
                        boolean unused = firstOpen.tryComplete(this);
                    }
                })
                .onFailure(cause -> {
                    LOG.warn("cannot consume from {}: {}", config, cause.toString());
                    candidate.end();
                });
    }

    private void openAgain() {
        if (channel != null) {
            LOG.warn("the connection to {} ended", config);
            channel = null;
        }
        long unused = vertx.setTimer(backoff.next().toMillis() + 1, tick -> {
            if (!stopped) {
                open();
            }
        });
    }

    private Optional<String> problem() {
        ConsumerChannel now = channel;
        return now == null ? Optional.of("not connected to " + config) : now.problem();
    }
}
