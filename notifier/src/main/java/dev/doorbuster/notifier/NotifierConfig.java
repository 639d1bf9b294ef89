package dev.doorbuster.notifier;

import dev.doorbuster.notifier.email.EmailConfig;
import dev.doorbuster.notifier.room.RoomsConfig;
import dev.doorbuster.notifier.sale.SaleLookupConfig;
import dev.doorbuster.notifier.sse.StreamConfig;
import dev.doorbuster.notifier.webhook.WebhookConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.auth.IssuerConfig;
import dev.doorbuster.runtime.auth.TokenConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementServer.ManagementConfig;
import dev.doorbuster.runtime.http.PublicServerConfig;
import dev.doorbuster.runtime.store.LiveRedis.LiveRedisConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.trace.TraceConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The notifier's configuration.
 *
 * @param ordinal number of the instance; names its durable queue, so that a restart continues with the same queue
 * @param http its idle timeout must exceed the streams' heartbeat
 * @param issuer the shop's own OpenID provider; empty if there is none
 * @param ticketLife time until an unused ticket expires
 * @param activityInterval minimum time between two activity events of a sale
 * @param live for data that no sale depends on
 */
public record NotifierConfig(
        int ordinal,
        PublicServerConfig http,
        TokenConfig tokens,
        Optional<IssuerConfig> issuer,
        Duration ticketLife,
        ManagementConfig management,
        TraceConfig trace,
        StreamConfig streams,
        Duration activityInterval,
        EmailConfig email,
        WebhookConfig webhooks,
        SaleLookupConfig sales,
        RoomsConfig rooms,
        BrokerConfig broker,
        RedisConfig redis,
        LiveRedisConfig live) {
    private static final Duration TICKET_LIFE = Duration.ofSeconds(30);
    private static final Duration ACTIVITY_INTERVAL = Duration.ofMillis(500);

    public static NotifierConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        RedisConfig redis = RedisConfig.fromEnv(env);
        var config = new NotifierConfig(
                env.integer("DOORBUSTER_INSTANCE_ORDINAL", 0, 0, 10_000),
                PublicServerConfig.fromEnv(env, 8082, 12_000, 1_000_000),
                TokenConfig.fromEnv(env),
                IssuerConfig.fromEnv(env),
                TICKET_LIFE,
                ManagementConfig.fromEnv(env, 9082),
                TraceConfig.fromEnv(env, "notifier"),
                StreamConfig.fromEnv(env),
                ACTIVITY_INTERVAL,
                EmailConfig.fromEnv(env),
                WebhookConfig.fromEnv(env),
                SaleLookupConfig.fromEnv(env),
                RoomsConfig.fromEnv(env),
                BrokerConfig.fromEnv(env),
                redis,
                LiveRedisConfig.fromEnv(env, redis));
        env.check();
        return config;
    }
}
