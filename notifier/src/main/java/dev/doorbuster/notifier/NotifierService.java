package dev.doorbuster.notifier;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.notifier.email.MailPreferences;
import dev.doorbuster.notifier.http.NotifierRoutes;
import dev.doorbuster.notifier.pulse.Pulse;
import dev.doorbuster.notifier.room.RoomMetrics;
import dev.doorbuster.notifier.room.RoomRoutes;
import dev.doorbuster.notifier.room.Rooms;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.notifier.sse.StreamMetrics;
import dev.doorbuster.notifier.sse.Streams;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.auth.TokenVerifier;
import dev.doorbuster.runtime.http.PublicServer;
import dev.doorbuster.runtime.platform.Platform;
import dev.doorbuster.runtime.platform.Platform.Need;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.Service;
import dev.doorbuster.runtime.start.ServiceMain;
import dev.doorbuster.runtime.stats.StatsConfig;
import dev.doorbuster.runtime.store.LiveRedis;
import dev.doorbuster.runtime.store.RedisStore;
import dev.doorbuster.waitingroom.Entrants;
import dev.doorbuster.waitingroom.WaitingRoom;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** Wires the notifier. Everything runs on one event loop, so that streams and events need no locks. */
public final class NotifierService implements Service {
    private static final String NAME = "notifier";

    /** Time limit of each step of stopping. */
    private static final Duration STOP_STEP_MAX = Duration.ofSeconds(5);

    /** Sustained requests of one buyer for a place in a waiting room. */
    private static final int PLACES_PER_SECOND = 5;

    private static final int PLACES_BURST = 20;
    private static final int BUYERS_TRACKED_MAX = 100_000;

    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final NotifierConfig config;
    private final Platform platform;
    private final Entrants entrants;
    private volatile Context eventLoop;
    private PublicServer server;
    private Rooms rooms;

    private NotifierService(Vertx vertx, PrometheusMeterRegistry metrics, NotifierConfig config) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.config = config;
        this.entrants = new Entrants(config.tokens().secret());
        this.platform = new Platform(NAME, vertx, metrics, STOP_STEP_MAX);
    }

    public static void main(String[] arguments) {
        ServiceMain.run(
                "notifier",
                (vertx, metrics, environment) -> start(vertx, metrics, NotifierConfig.fromEnv(environment)));
    }

    /** Fails, and stops what was started, if any part fails to start. */
    public static Future<NotifierService> start(Vertx vertx, PrometheusMeterRegistry metrics, NotifierConfig config) {
        var service = new NotifierService(vertx, metrics, config);
        return Platform.complete(service, EventLoop.call(vertx, service::start));
    }

    private Future<NotifierService> start() {
        eventLoop = vertx.getOrCreateContext();
        var streamMetrics = new StreamMetrics(metrics);
        var streams = new Streams(vertx, config.streams(), streamMetrics);
        var activity = new SaleActivity(vertx, streams, config.activityInterval());
        var sales = new SaleLookup(vertx, config.sales());
        var live = new LiveRedis(vertx, config.live());
        var pulse = new Pulse(vertx, streams, live, sales);
        rooms = rooms(live, sales, streams);
        return platform.startTracing(config.trace())
                .compose(v -> platform.step("streams", () -> Future.succeededFuture(streams), Streams::stop))
                .compose(v -> platform.step("activity", () -> Future.succeededFuture(activity), SaleActivity::stop))
                .compose(v -> platform.startManagement(config.management()))
                .compose(v -> platform.startRedis(config.redis(), Need.REQUIRED))
                .compose(redis -> platform.step("sale lookup", () -> Future.succeededFuture(redis), v -> sales.close()))
                .compose(redis -> platform.step("live Redis", () -> Future.succeededFuture(live), LiveRedis::close)
                        .map(redis))
                .compose(redis -> platform.step(
                        "http server",
                        () -> PublicServer.start(vertx, config.http(), endpoints(redis, streams, streamMetrics, pulse)),
                        started -> streams.stop().compose(v -> started.stop())))
                .onSuccess(started -> server = started)
                // Publishes delayed and dead messages, and what became of mails.
                .compose(v -> platform.startPublisher(
                        config.broker(), DoorbusterTopology.durable().and(queue())))
                .compose(v -> platform.step(
                        "waiting rooms",
                        () -> {
                            rooms.start();
                            return Future.succeededFuture(rooms);
                        },
                        Rooms::stop))
                .compose(v -> platform.step(
                        "consumer", () -> startConsumer(dispatcher(streams, activity)), AmqpConsumer::stop))
                .compose(v -> platform.step(
                        "channels",
                        () -> Channels.start(
                                vertx,
                                config,
                                sales,
                                new MailPreferences(platform.redis()),
                                platform.publisher(),
                                metrics),
                        Channels::stop))
                .compose(v -> platform.step(
                        "live statistics",
                        () -> pulse.start(config.broker(), platform.publisher(), metrics),
                        Pulse::stop))
                .compose(v -> platform.startStats(StatsConfig.defaults(), List.of()))
                .onSuccess(v -> platform.health().started())
                .map(this);
    }

    private Rooms rooms(LiveRedis live, SaleLookup sales, Streams streams) {
        return new Rooms(
                vertx,
                config.rooms(),
                new WaitingRoom(live.main(), config.rooms().limits()),
                entrants,
                sales,
                streams,
                new RoomMetrics(metrics));
    }

    private NotifierRoutes endpoints(RedisStore redis, Streams streams, StreamMetrics streamMetrics, Pulse pulse) {
        var tokens = new TokenVerifier(vertx, config.tokens(), config.issuer());
        return new NotifierRoutes(
                tokens,
                config.ticketLife(),
                redis,
                new MailPreferences(redis),
                streams,
                streamMetrics,
                pulse,
                new RoomRoutes(
                        config.tokens(),
                        tokens,
                        entrants,
                        rooms,
                        new RateLimit(PLACES_PER_SECOND, PLACES_BURST, BUYERS_TRACKED_MAX, System::nanoTime)));
    }

    private EventDispatcher dispatcher(Streams streams, SaleActivity activity) {
        return new EventDispatcher(streams, activity, rooms, platform.tracing());
    }

    private Future<AmqpConsumer> startConsumer(EventDispatcher dispatcher) {
        String queue = queue().queues().get(0).name();
        return platform.consume(
                NAME,
                config.broker(),
                List.of(Subscription.to(queue, dispatcher).traced(platform.tracing())));
    }

    private Topology queue() {
        return DoorbusterTopology.streams(config.ordinal());
    }

    public int port() {
        return server.port();
    }

    public int managementPort() {
        return platform.managementPort();
    }

    /** Callable from any thread. */
    @Override
    public Future<Void> stop() {
        return EventLoop.on(eventLoop, platform::stop);
    }
}
