package dev.doorbuster.order.edge.http.connection;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.PublicServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Address and limits of the HTTP server; limits apply per edge.
 *
 * @param edges event loops that serve the port, each an edge of its own
 * @param connectionsMax open connections; further ones are closed at once
 * @param firstRequestMax time from a connection's opening to its first complete header
 * @param keepAliveMax idle time from a request to the next complete header
 * @param bodyMax time from a request's header to the end of its body
 * @param lingerMax how long the rest of a request that was rejected early is discarded
 * @param stopQuiet how long no request may have arrived on any open connection before a stopping edge closes them
 * @param proxies trusted to report the client's address
 * @param corsOrigins other origins whose pages may use the API
 */
public record HttpConfig(
        String host,
        int port,
        int edges,
        int connectionsMax,
        Duration firstRequestMax,
        Duration keepAliveMax,
        Duration bodyMax,
        Duration lingerMax,
        Duration stopQuiet,
        TrustedProxies proxies,
        List<String> corsOrigins) {
    private static final Duration FIRST_REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LINGER_MAX = Duration.ofSeconds(1);
    private static final Duration STOP_QUIET = Duration.ofMillis(200);

    public static HttpConfig fromEnv(Environment env) {
        var config = new HttpConfig(
                env.text("DOORBUSTER_HTTP_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_HTTP_PORT", 8080, 0, 65535),
                env.integer("DOORBUSTER_EDGE_INSTANCES", 1, 1, 64),
                env.integer("DOORBUSTER_HTTP_CONNECTIONS_MAX", 20_000, 1, 1_000_000),
                FIRST_REQUEST_TIMEOUT,
                env.millis("DOORBUSTER_HTTP_KEEP_ALIVE_MS", 75_000, 10, 600_000),
                BODY_TIMEOUT,
                LINGER_MAX,
                STOP_QUIET,
                TrustedProxies.fromEnv(env),
                PublicServerConfig.corsOrigins(env));
        if (config.port == 0 && config.edges > 1) {
            env.reject(
                    "DOORBUSTER_HTTP_PORT must be a number of your choice where DOORBUSTER_EDGE_INSTANCES is more than 1");
        }
        return config;
    }

    /** Whether only this machine can reach the server. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
