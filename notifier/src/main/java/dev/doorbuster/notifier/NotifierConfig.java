package dev.doorbuster.notifier;

import dev.doorbuster.notifier.email.EmailConfig;
import dev.doorbuster.notifier.sse.StreamConfig;
import dev.doorbuster.notifier.webhook.WebhookConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementConfig;
import dev.doorbuster.runtime.http.PublicServerConfig;
import dev.doorbuster.runtime.http.TokenConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.trace.TraceConfig;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that can be set.
 *
 * @param ordinal tells instances apart: each has a queue of its own, which it finds again after a restart
 * @param http a connection may be silent for longer than the heartbeat of streams
 * @param ticketLife how long a ticket may wait to be used
 * @param activityInterval how often a sale's figures are told at most
 * @param recentMessagesMax messages remembered, so that one delivered again is not told again
 * @param stopStepMax how long each part may take to stop
 */
public record NotifierConfig(
        int ordinal,
        PublicServerConfig http,
        TokenConfig tokens,
        Duration ticketLife,
        ManagementConfig management,
        TraceConfig trace,
        StreamConfig streams,
        Duration activityInterval,
        int recentMessagesMax,
        EmailConfig email,
        WebhookConfig webhooks,
        BrokerConfig broker,
        RedisConfig redis,
        Duration stopStepMax) {
    private static final Duration STOP_STEP_MAX = Duration.ofSeconds(5);
    private static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    private static final Duration ACTIVITY_INTERVAL = Duration.ofMillis(500);
    private static final int RECENT_MESSAGES_MAX = 10_000;

    public static NotifierConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        var config = new NotifierConfig(
                env.integer("DOORBUSTER_INSTANCE_ORDINAL", 0, 0, 10_000),
                PublicServerConfig.fromEnv(env, 8082, 12_000, 1_000_000),
                TokenConfig.fromEnv(env),
                TICKET_LIFE,
                ManagementConfig.fromEnv(env, 9082),
                TraceConfig.fromEnv(env, "notifier"),
                StreamConfig.fromEnv(env),
                ACTIVITY_INTERVAL,
                RECENT_MESSAGES_MAX,
                EmailConfig.fromEnv(env),
                WebhookConfig.fromEnv(env),
                BrokerConfig.fromEnv(env),
                RedisConfig.fromEnv(env),
                STOP_STEP_MAX);
        env.check();
        return config;
    }
}
