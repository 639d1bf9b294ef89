package dev.doorbuster.notifier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A virtual host of a real broker with a publisher, and notifiers that start and stop. */
final class Stage implements AutoCloseable {
    static final Duration SOON = Duration.ofMinutes(2);
    static final String JWT_SECRET = "0123456789abcdef0123456789abcdef";

    private final Vertx vertx = Vertx.vertx();
    /** Kept, because Vert.x closes a client that is garbage-collected. */
    private final HttpClient client = vertx.createHttpClient();

    private final RealServers servers;
    private final String host = "notifier-" + UUID.randomUUID();
    private final List<NotifierService> running = new ArrayList<>();
    private final AmqpPublisher ledger;
    private final Connection connection;
    private final Channel channel;

    Stage(RealServers servers) throws Exception {
        this.servers = servers;
        servers.rabbitmq().createVirtualHost(host);
        BrokerConfig broker = NotifierConfig.fromEnv(variables(Map.of("DOORBUSTER_RABBITMQ_DECLARE", "true")))
                .broker();
        ledger = get(AmqpPublisher.start(vertx, broker, "ledger", topology(), new Health(), new SimpleMeterRegistry()));
        connection = broker.connectionFactory().newConnection(broker.addresses());
        channel = connection.createChannel();
        var unused = channel.confirmSelect();
    }

    /** The notifiers' part of the topology: declaring the work queues takes long. */
    private static Topology topology() {
        Topology all = DoorbusterTopology.durable();
        Predicate<String> concerns = queue -> !queue.startsWith("stock.") && !queue.startsWith("ledger.orders.");
        return new Topology(
                        all.exchanges(),
                        all.queues().stream()
                                .filter(queue -> concerns.test(queue.name()))
                                .toList(),
                        all.bindings().stream()
                                .filter(binding -> concerns.test(binding.queue()))
                                .toList())
                .and(DoorbusterTopology.streams(0));
    }

    Vertx vertx() {
        return vertx;
    }

    HttpClient client() {
        return client;
    }

    @CanIgnoreReturnValue
    NotifierService startNotifier(Map<String, String> more) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        NotifierService started = get(
                NotifierService.start(vertx, registry, Overrides.in(NotifierConfig.fromEnv(variables(more)), more)));
        running.add(started);
        return started;
    }

    void stop(NotifierService notifier) {
        running.remove(notifier);
        get(notifier.stop());
    }

    Map<String, String> variables(Map<String, String> more) {
        var variables = new HashMap<>(servers.variables());
        variables.put("DOORBUSTER_HTTP_PORT", "0");
        // as if another program declares the shared topology
        variables.put("DOORBUSTER_RABBITMQ_DECLARE", "false");
        variables.put("DOORBUSTER_MANAGEMENT_PORT", "0");
        variables.put("DOORBUSTER_JWT_SECRET", JWT_SECRET);
        variables.put("DOORBUSTER_RABBITMQ_VHOST", host);
        variables.putAll(more);
        return variables;
    }

    void publish(Message message) {
        get(ledger.publish(Route.event(message.type(), message.sale()), message));
    }

    void publish(Route route, Message message) {
        get(ledger.publish(route, message));
    }

    long messagesIn(String queue) throws Exception {
        return channel.messageCount(queue);
    }

    /** Null if the queue is empty. */
    GetResponse take(String queue) throws Exception {
        return channel.basicGet(queue, true);
    }

    void publish(Route route, GetResponse message, Map<String, Object> headers) throws Exception {
        channel.basicPublish(
                route.exchange(),
                route.routingKey(),
                message.getProps().builder().headers(headers).build(),
                message.getBody());
        channel.waitForConfirmsOrDie(SOON.toMillis());
    }

    int readiness(NotifierService notifier) {
        return get(client.request(HttpMethod.GET, notifier.managementPort(), "127.0.0.1", "/health/ready")
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode));
    }

    String metrics(NotifierService notifier) {
        return get(client.request(HttpMethod.GET, notifier.managementPort(), "127.0.0.1", "/metrics")
                .compose(request -> Exchange.send(request, HttpClientResponse::body))
                .map(Buffer::toString));
    }

    @CanIgnoreReturnValue
    static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() throws IOException {
        List.copyOf(running).forEach(this::stop);
        connection.close();
        get(ledger.stop());
        get(vertx.close());
    }
}
