package dev.doorbuster.runtime.http;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How a service is reached from outside.
 *
 * @param corsOrigins pages of these origins may ask, or of any where one is {@code *}; the same origin always may
 * @param connectionsMax connections open at once; one more is closed
 * @param idleMax how long a connection may be silent in both directions
 */
public record PublicServerConfig(
        String host, int port, List<String> corsOrigins, int connectionsMax, Duration idleMax) {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    public static final String ANY_ORIGIN = "*";

    public PublicServerConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** Reads what is set; {@code port} and {@code connections} hold where nothing is. */
    public static PublicServerConfig fromEnv(Environment env, int port, int connections, int connectionsLimit) {
        List<String> origins = Arrays.stream(
                        env.text("DOORBUSTER_CORS_ORIGINS", "").split(","))
                .map(String::trim)
                .filter(origin -> !origin.isEmpty())
                .toList();
        if (!origins.stream().allMatch(PublicServerConfig::isOrigin)) {
            env.reject("DOORBUSTER_CORS_ORIGINS must be * or origins such as https://shop.example, not " + origins);
        }
        return new PublicServerConfig(
                env.text("DOORBUSTER_HTTP_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_HTTP_PORT", port, 0, 65535),
                origins,
                env.integer("DOORBUSTER_HTTP_CONNECTIONS_MAX", connections, 1, connectionsLimit),
                IDLE_TIMEOUT);
    }

    private static boolean isOrigin(String text) {
        return text.equals(ANY_ORIGIN) || text.matches("https?://[^/\\s]+");
    }
}
