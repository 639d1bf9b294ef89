package dev.doorbuster.notifier.webhook;

import dev.doorbuster.notifier.channel.Delays;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.List;

/**
 * Endpoints, and the limits of deliveries.
 *
 * @param delays retry delays after the first failure, the second, and so on; then the message is dead-lettered
 * @param timeout time limit of one request, from connecting to the end of its answer
 */
public record WebhookConfig(List<WebhookEndpoint> endpoints, List<Duration> delays, Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public WebhookConfig {
        endpoints = List.copyOf(endpoints);
        delays = List.copyOf(delays);
    }

    public static WebhookConfig fromEnv(Environment env) {
        return new WebhookConfig(
                EndpointList.read(env, "DOORBUSTER_WEBHOOKS"),
                Delays.fromEnv(env, "DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS", "5000,30000,300000,1800000,7200000"),
                TIMEOUT);
    }
}
