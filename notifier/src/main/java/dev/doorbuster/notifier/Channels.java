package dev.doorbuster.notifier;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.channel.Delays;
import dev.doorbuster.notifier.email.EmailConfig;
import dev.doorbuster.notifier.email.EmailDelivery;
import dev.doorbuster.notifier.email.MailPreferences;
import dev.doorbuster.notifier.sale.SaleLookup;
import dev.doorbuster.notifier.webhook.WebhookClient;
import dev.doorbuster.notifier.webhook.WebhookConfig;
import dev.doorbuster.notifier.webhook.WebhookDelivery;
import dev.doorbuster.notifier.webhook.WebhookEndpoint;
import dev.doorbuster.runtime.amqp.consume.AmqpConsumer;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The outgoing channels: e-mail and webhooks. Each consumes over its own connection, so that a slow receiver delays
 * no other channel. None affects readiness: streams work without them.
 */
final class Channels {
    /**
     * One message per channel: an undeliverable message goes to a delay queue, and other instances can take the
     * rest.
     */
    private static final int PREFETCH = 1;

    private final Vertx vertx;
    private final NotifierConfig config;
    private final SaleLookup sales;
    private final MailPreferences preferences;
    private final AmqpPublisher publisher;
    private final MeterRegistry registry;
    /** Not part of the readiness check: a notifier whose receivers are down can still serve streams. */
    private final Health channelHealth = new Health();

    private final List<AmqpConsumer> consumers = new ArrayList<>();
    private final List<Supplier<Future<Void>>> closings = new ArrayList<>();

    private Channels(
            Vertx vertx,
            NotifierConfig config,
            SaleLookup sales,
            MailPreferences preferences,
            AmqpPublisher publisher,
            MeterRegistry registry) {
        this.preferences = preferences;
        this.vertx = vertx;
        this.config = config;
        this.sales = sales;
        this.publisher = publisher;
        this.registry = registry;
    }

    /** Completes when the queue of each channel is declared; no event published after that is missed. */
    static Future<Channels> start(
            Vertx vertx,
            NotifierConfig config,
            SaleLookup sales,
            MailPreferences preferences,
            AmqpPublisher publisher,
            MeterRegistry registry) {
        var channels = new Channels(vertx, config, sales, preferences, publisher, registry);
        Future<Void> email = config.email().enabled() ? channels.startEmail() : Future.succeededFuture();
        return email.compose(v -> Future.join(config.webhooks().endpoints().stream()
                        .map(channels::start)
                        .toList()))
                .map(channels);
    }

    private Future<Void> startEmail() {
        EmailConfig email = config.email();
        var delivery = new EmailDelivery(
                vertx,
                email,
                sales,
                preferences::of,
                mailed -> publisher.publish(Route.command(mailed), mailed),
                new ChannelMetrics(registry, "email"));
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
                        channelHealth,
                        registry)
                .onSuccess(consumers::add)
                .mapEmpty();
    }

    /** Waits for deliveries in progress; unfinished ones are redelivered by the broker. */
    Future<Void> stop() {
        return Future.join(consumers.stream().map(AmqpConsumer::stop).toList())
                .transform(stopped ->
                        Future.join(closings.stream().map(Supplier::get).toList()))
                .mapEmpty();
    }
}
