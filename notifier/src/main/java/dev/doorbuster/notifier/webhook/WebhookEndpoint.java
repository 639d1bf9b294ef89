package dev.doorbuster.notifier.webhook;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An external receiver of events.
 *
 * @param id part of its queue's name
 * @param events routing keys of the events to deliver, may use {@code *} and {@code #}
 * @param secret its UTF-8 bytes are the signature's key
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
