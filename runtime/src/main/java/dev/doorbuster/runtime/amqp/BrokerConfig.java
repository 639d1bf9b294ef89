package dev.doorbuster.runtime.amqp;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * How to reach the broker and what to allow it.
 *
 * @param declares whether this instance declares what is durable; not where the broker's own definitions bring it
 * @param confirmMax how long a message may go unconfirmed, republishing included
 * @param unconfirmedMax messages in flight; one more is refused
 * @param prefetch messages a consumer holds unacknowledged
 * @param retryFirst first wait after a failure; doubles up to {@code retryMax}
 */
public record BrokerConfig(
        String host,
        int port,
        String user,
        String password,
        String virtualHost,
        boolean declares,
        Duration heartbeat,
        Duration connectMax,
        Duration confirmMax,
        int unconfirmedMax,
        int prefetch,
        Duration retryFirst,
        Duration retryMax) {
    public static BrokerConfig fromEnv(Environment env) {
        return new BrokerConfig(
                env.text("DOORBUSTER_RABBITMQ_HOST", "localhost"),
                env.integer("DOORBUSTER_RABBITMQ_PORT", 5672, 1, 65535),
                env.required("DOORBUSTER_RABBITMQ_USER"),
                env.required("DOORBUSTER_RABBITMQ_PASSWORD"),
                env.text("DOORBUSTER_RABBITMQ_VHOST", "/"),
                env.flag("DOORBUSTER_RABBITMQ_DECLARE", true),
                env.millis(
                        "DOORBUSTER_RABBITMQ_HEARTBEAT_MS",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1)),
                env.millis(
                        "DOORBUSTER_RABBITMQ_CONNECT_TIMEOUT_MS",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                env.millis(
                        "DOORBUSTER_RABBITMQ_CONFIRM_TIMEOUT_MS",
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1)),
                env.integer("DOORBUSTER_RABBITMQ_UNCONFIRMED_MAX", 1000, 1, 100_000),
                env.integer("DOORBUSTER_RABBITMQ_PREFETCH", 8, 1, 1000),
                env.millis(
                        "DOORBUSTER_RABBITMQ_RETRY_FIRST_MS",
                        Duration.ofMillis(100),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1)),
                env.millis(
                        "DOORBUSTER_RABBITMQ_RETRY_MAX_MS",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(5)));
    }

    @Override
    public String toString() {
        return "amqp://" + user + ":***@" + host + ":" + port + virtualHost;
    }
}
