package dev.doorbuster.notifier.http;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How to be reached.
 *
 * @param jwtSecret checks tokens: HS256 with its UTF-8 bytes; the same as the edges'
 * @param ticketLife how long a ticket may wait to be used
 * @param corsOrigins pages of these origins may listen; the same origin always may
 * @param connectionsMax connections open at once; one more is closed
 * @param idleMax how long a connection may be silent in both directions; longer than the heartbeat of streams
 */
public record HttpConfig(
        String host,
        int port,
        String jwtSecret,
        Duration ticketLife,
        List<String> corsOrigins,
        int connectionsMax,
        Duration idleMax) {
    /** RFC 7518, section 3.2: a key of the hash's size or larger. */
    private static final int SECRET_LENGTH_MIN = 32;

    public HttpConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    public static HttpConfig fromEnv(Environment env) {
        List<String> origins = Arrays.stream(
                        env.text("DOORBUSTER_CORS_ORIGINS", "").split(","))
                .map(String::trim)
                .filter(origin -> !origin.isEmpty())
                .toList();
        if (!origins.stream().allMatch(origin -> origin.equals("*") || origin.matches("https?://[^/\\s]+"))) {
            env.reject("DOORBUSTER_CORS_ORIGINS must be * or origins such as https://shop.example, not " + origins);
        }
        return new HttpConfig(
                env.text("DOORBUSTER_HTTP_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_HTTP_PORT", 8082, 0, 65535),
                env.secret("DOORBUSTER_JWT_SECRET", SECRET_LENGTH_MIN),
                Duration.ofSeconds(env.number("DOORBUSTER_TICKET_LIFE_SECONDS", 30, 1, 3600)),
                origins,
                env.integer("DOORBUSTER_HTTP_CONNECTIONS_MAX", 12_000, 1, 1_000_000),
                env.millis(
                        "DOORBUSTER_HTTP_IDLE_TIMEOUT_MS",
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }

    @Override
    public String toString() {
        return "HttpConfig[" + host + ":" + port + ", corsOrigins=" + corsOrigins + ", jwtSecret=***]";
    }
}
