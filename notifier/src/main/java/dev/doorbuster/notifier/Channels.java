package dev.doorbuster.notifier;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.channel.Delays;
import dev.doorbuster.notifier.email.EmailConfig;
import dev.doorbuster.notifier.email.EmailDelivery;
import dev.doorbuster.notifier.webhook.WebhookClient;
import dev.doorbuster.notifier.webhook.WebhookConfig;
import dev.doorbuster.notifier.webhook.WebhookDelivery;
import dev.doorbuster.notifier.webhook.WebhookEndpoint;
import dev.doorbuster.runtime.amqp.AmqpConsumer;
import dev.doorbuster.runtime.amqp.AmqpPublisher;
import dev.doorbuster.runtime.amqp.Subscription;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ways out to servers of others. Each consumes over a connection of its own and holds up none of the rest; none makes
 * the notifier unready, for a stream needs none of them.
 */
final class Channels {
    /** One at a time: what cannot be delivered steps aside, what is not begun stays in the queue for other instances. */
    private static final int PREFETCH = 1;

    private final Vertx vertx;
    private final NotifierConfig config;
    private final AmqpPublisher publisher;
    private final MeterRegistry registry;
    /** Asked by nobody: a notifier whose endpoints are dead is ready to open streams. */
    private final Health unasked = new Health();

    private final List<AmqpConsumer> consumers = new ArrayList<>();
    private final List<Supplier<Future<Void>>> closings = new ArrayList<>();

    private Channels(Vertx vertx, NotifierConfig config, AmqpPublisher publisher, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.publisher = publisher;
        this.registry = registry;
    }

    /** Completes when the queue of each is there, from when on it misses nothing. */
    static Future<Channels> start(Vertx vertx, NotifierConfig config, AmqpPublisher publisher, MeterRegistry registry) {
        var channels = new Channels(vertx, config, publisher, registry);
        Future<Void> email = config.email().enabled() ? channels.startEmail() : Future.succeededFuture();
        return email.compose(v -> Future.join(config.webhooks().endpoints().stream()
                        .map(channels::start)
                        .toList()))
                .map(channels);
    }

    private Future<Void> startEmail() {
        EmailConfig email = config.email();
        var delivery = new EmailDelivery(vertx, email, new ChannelMetrics(registry, "email"));
        closings.add(delivery::close);
        Topology topology = DoorbusterTopology.email(email.delays());
        return consume(
                "email", Subscription.declaring(topology, PREFETCH, Delays.routes(topology, email.delays()), delivery));
    }

    private Future<Void> start(WebhookEndpoint endpoint) {
        WebhookConfig webhooks = config.webhooks();
        var metrics = new ChannelMetrics(registry, endpoint.channel());
        var client = new WebhookClient(vertx, webhooks);
        closings.add(client::close);
        Topology topology = endpoint.topology(webhooks.delays());
        return consume(
                endpoint.channel(),
                Subscription.declaring(
                        topology,
                        PREFETCH,
                        Delays.routes(topology, webhooks.delays()),
                        new WebhookDelivery(endpoint, client, metrics)));
    }

    private Future<Void> consume(String channel, Subscription subscription) {
        return AmqpConsumer.start(
                        vertx,
                        config.broker(),
                        "notifier " + channel,
                        List.of(subscription),
                        publisher,
                        unasked,
                        registry)
                .onSuccess(consumers::add)
                .mapEmpty();
    }

    /** Lets what has been begun end, or leaves it to the broker, which delivers it again. */
    Future<Void> stop() {
        return Future.join(consumers.stream().map(AmqpConsumer::stop).toList())
                .transform(stopped ->
                        Future.join(closings.stream().map(Supplier::get).toList()))
                .mapEmpty();
    }
}
