package dev.doorbuster.notifier.webhook;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Whom to tell.
 *
 * @param id names its queue
 * @param events routing keys of what it wants to know, which may use {@code *} and {@code #}
 * @param secret signs what is sent; its UTF-8 bytes are the key
 */
public record WebhookEndpoint(String id, URI url, List<String> events, String secret) {
    public WebhookEndpoint {
        events = List.copyOf(events);
    }

    public String channel() {
        return "webhook." + id;
    }

    public Topology topology(List<Duration> delays) {
        return DoorbusterTopology.webhook(id, events, delays);
    }

    @Override
    public String toString() {
        return "WebhookEndpoint[" + id + " at " + url + ", events=" + events + ", secret=***]";
    }
}
