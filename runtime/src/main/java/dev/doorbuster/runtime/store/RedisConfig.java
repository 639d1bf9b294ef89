package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Redis and what to allow it.
 *
 * @param connections shared connections; each pipelines what it is given
 * @param waitingMax commands in flight on one connection; one more is refused
 * @param commandMax how long a round trip may take, connecting not included; then its connection is dropped
 * @param probeInterval how often an idle store is asked whether it lives
 */
public record RedisConfig(
        String host,
        int port,
        Optional<String> password,
        int connections,
        int waitingMax,
        Duration connectMax,
        Duration commandMax,
        Duration probeInterval) {
    public static RedisConfig fromEnv(Environment env) {
        return new RedisConfig(
                env.text("DOORBUSTER_REDIS_HOST", "localhost"),
                env.integer("DOORBUSTER_REDIS_PORT", 6379, 1, 65535),
                env.optional("DOORBUSTER_REDIS_PASSWORD"),
                env.integer("DOORBUSTER_REDIS_CONNECTIONS", 2, 1, 64),
                env.integer("DOORBUSTER_REDIS_WAITING_MAX", 16_384, 64, 1_000_000),
                env.millis(
                        "DOORBUSTER_REDIS_CONNECT_TIMEOUT_MS",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1)),
                env.millis(
                        "DOORBUSTER_REDIS_COMMAND_TIMEOUT_MS",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1)),
                env.millis(
                        "DOORBUSTER_REDIS_PROBE_INTERVAL_MS",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(1)));
    }

    @Override
    public String toString() {
        return "redis://" + host + ":" + port;
    }
}
