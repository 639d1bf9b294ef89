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
 * @param answerBytesMax bytes of an answer that are read
 */
public record WebhookConfig(
        List<WebhookEndpoint> endpoints, List<Duration> delays, Duration timeout, int answerBytesMax) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 16 * 1024;

    public WebhookConfig {
        endpoints = List.copyOf(endpoints);
        delays = List.copyOf(delays);
    }

    public static WebhookConfig fromEnv(Environment env) {
        return new WebhookConfig(
                EndpointList.read(env, "DOORBUSTER_WEBHOOKS"),
                Delays.fromEnv(env, "DOORBUSTER_WEBHOOK_RETRY_DELAYS_MS", "5000,30000,300000,1800000,7200000"),
                TIMEOUT,
                ANSWER_BYTES_MAX);
    }
}
