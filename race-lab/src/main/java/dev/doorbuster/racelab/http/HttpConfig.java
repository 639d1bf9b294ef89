package dev.doorbuster.racelab.http;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The HTTP surface.
 *
 * @param jwtSecret checks tokens; the edges' own
 * @param corsOrigins origins whose pages may use it; the same origin always may
 * @param connectionsMax connections open at once; one more is closed
 * @param idleMax how long a connection may be silent in both directions
 */
public record HttpConfig(
        String host, int port, String jwtSecret, List<String> corsOrigins, int connectionsMax, Duration idleMax) {
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
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^/\\s]+"))) {
            env.reject("DOORBUSTER_CORS_ORIGINS must be origins such as https://shop.example, not " + origins);
        }
        return new HttpConfig(
                env.text("DOORBUSTER_HTTP_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_HTTP_PORT", 8083, 0, 65535),
                env.secret("DOORBUSTER_JWT_SECRET", SECRET_LENGTH_MIN),
                origins,
                env.integer("DOORBUSTER_HTTP_CONNECTIONS_MAX", 100, 1, 10_000),
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
