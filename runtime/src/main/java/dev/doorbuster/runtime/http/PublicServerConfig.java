package dev.doorbuster.runtime.http;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[a-z0-9][a-z0-9._-]*|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?");
    private static final int PORT_MAX = 65_535;

    public PublicServerConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** Reads what is set; {@code port} and {@code connections} hold where nothing is. */
    public static PublicServerConfig fromEnv(Environment env, int port, int connections, int connectionsLimit) {
        return new PublicServerConfig(
                env.text("DOORBUSTER_HTTP_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_HTTP_PORT", port, 0, 65535),
                corsOrigins(env),
                env.integer("DOORBUSTER_HTTP_CONNECTIONS_MAX", connections, 1, connectionsLimit),
                IDLE_TIMEOUT);
    }

    /** Origins whose pages may ask. */
    public static List<String> corsOrigins(Environment env) {
        List<String> origins = env.list("DOORBUSTER_CORS_ORIGINS");
        List<Optional<String>> read =
                origins.stream().map(PublicServerConfig::origin).toList();
        if (read.stream().anyMatch(Optional::isEmpty)) {
            env.reject("DOORBUSTER_CORS_ORIGINS must be * or origins such as https://shop.example, not " + origins);
        }
        return read.stream().flatMap(Optional::stream).toList();
    }

    /** As browsers write it: in lower case, without a port that the scheme implies. Any other text would never match. */
    private static Optional<String> origin(String text) {
        if (text.equals(ANY_ORIGIN)) {
            return Optional.of(text);
        }
        String origin = text.toLowerCase(Locale.ROOT)
                .replaceFirst("^(http:.*):80$", "$1")
                .replaceFirst("^(https:.*):443$", "$1");
        Matcher parts = ORIGIN.matcher(origin);
        boolean fine = parts.matches() && (parts.group(1) == null || Integer.parseInt(parts.group(1)) <= PORT_MAX);
        return fine ? Optional.of(origin) : Optional.empty();
    }
}
