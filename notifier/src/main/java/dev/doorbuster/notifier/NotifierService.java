package dev.doorbuster.notifier;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.notifier.event.RecentEventIds;
import dev.doorbuster.notifier.http.NotifierRoutes;
import dev.doorbuster.notifier.sse.StreamMetrics;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.amqp.AmqpConsumer;
import dev.doorbuster.runtime.amqp.AmqpPublisher;
import dev.doorbuster.runtime.amqp.Subscription;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.http.ManagementServer;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;

/** The notifier, put together. All of it lives on one event loop, so that streams and events need no locks. */
public final class NotifierService implements Service {
    private static final String NAME = "notifier";

    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final NotifierConfig config;
    private final Health health = Health.ofStarting();
    private final Lifecycle lifecycle;
    private volatile Context eventLoop;
    private Tracing tracing = Tracing.OFF;
    private ManagementServer management;
    private PublicServer server;

    private NotifierService(Vertx vertx, PrometheusMeterRegistry metrics, NotifierConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.lifecycle = new Lifecycle(vertx, config.stopStepMax());
    }

    /** Starts whole or not at all. */
    public static Future<NotifierService> start(Vertx vertx, PrometheusMeterRegistry metrics, NotifierConfig config) {
        var service = new NotifierService(vertx, metrics, config);
        return EventLoop.call(vertx, service::start)
                .recover(cause -> service.stop().transform(stopped -> Future.failedFuture(cause)));
    }

    private Future<NotifierService> start() {
        eventLoop = vertx.getOrCreateContext();
        var streamMetrics = new StreamMetrics(metrics);
        var streams = new Streams(vertx, config.streams(), streamMetrics);
        var activity = new SaleActivity(vertx, streams, config.activityInterval());
        return lifecycle
                .step("tracing", this::startTracing, started -> started.stop(vertx))
                .compose(v -> lifecycle.step("streams", () -> Future.succeededFuture(streams), Streams::stop))
                .compose(v -> lifecycle.step("activity", () -> Future.succeededFuture(activity), SaleActivity::stop))
                .compose(v -> lifecycle.step("management port", this::startManagement, ManagementServer::stop))
                .compose(v -> lifecycle.step("redis", this::startRedis, RedisStore::close))
                .compose(redis -> lifecycle.step(
                        "http server",
                        () -> PublicServer.start(vertx, config.http(), endpoints(redis, streams, streamMetrics)),
                        started -> streams.stop().compose(v -> started.stop())))
                .onSuccess(started -> server = started)
                .compose(v -> lifecycle.step("publisher", this::startPublisher, AmqpPublisher::stop))
                .compose(publisher -> lifecycle
                        .step("consumer", () -> startConsumer(publisher, feed(streams, activity)), AmqpConsumer::stop)
                        .compose(v -> lifecycle.step(
                                "channels", () -> Channels.start(vertx, config, publisher, metrics), Channels::stop)))
                .onSuccess(v -> health.started())
                .map(this);
    }

    private NotifierRoutes endpoints(RedisStore redis, Streams streams, StreamMetrics streamMetrics) {
        return new NotifierRoutes(vertx, config.tokens(), config.ticketLife(), redis, streams, streamMetrics);
    }

    private EventDispatcher feed(Streams streams, SaleActivity activity) {
        return new EventDispatcher(streams, activity, new RecentEventIds<>(config.recentMessagesMax()), tracing);
    }

    private Future<Tracing> startTracing() {
        tracing = Tracing.start(config.trace(), metrics);
        return Future.succeededFuture(tracing);
    }

    private Future<ManagementServer> startManagement() {
        return ManagementServer.start(vertx, config.management(), health, metrics)
                .onSuccess(started -> management = started);
    }

    private Future<RedisStore> startRedis() {
        var redis = new RedisStore(vertx, config.redis());
        health.register("redis", redis::problem);
        return Future.succeededFuture(redis);
    }

    /** Publishes nothing but what could not be delivered; it also declares what is there for all. */
    private Future<AmqpPublisher> startPublisher() {
        return AmqpPublisher.start(
                vertx, config.broker(), NAME, DoorbusterTopology.durable().and(queue()), health, metrics);
    }

    private Future<AmqpConsumer> startConsumer(AmqpPublisher deadLetters, EventDispatcher eventDispatcher) {
        String queue = queue().queues().get(0).name();
        return AmqpConsumer.start(
                vertx,
                config.broker(),
                NAME,
                List.of(Subscription.to(queue, eventDispatcher).traced(tracing)),
                deadLetters,
                health,
                metrics);
    }

    private Topology queue() {
        return DoorbusterTopology.streams(config.ordinal());
    }

    public int port() {
        return server.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** From any thread. */
    @Override
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        eventLoop.runOnContext(v -> lifecycle.stop().onComplete(stopped));
        return stopped.future();
    }
}
