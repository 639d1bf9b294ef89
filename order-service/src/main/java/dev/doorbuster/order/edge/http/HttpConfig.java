package dev.doorbuster.order.edge.http;

import dev.doorbuster.runtime.config.Environment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * The HTTP server's address and limits; those that count are for each edge.
 *
 * @param edges event loops that serve the port, each an edge of its own
 * @param connectionsMax open connections; one more is closed at once
 * @param acceptBacklog connections that may wait in the kernel for an edge to take them in; the kernel's own limit holds too
 * @param headerBytesMax of one request
 * @param firstRequestMax from a connection's opening to its first complete header
 * @param keepAliveMax from a request to the next one's complete header, while none is being answered
 * @param bodyMax from a request's header to the end of its body
 * @param lingerMax how long the rest of a request that was refused unread is still taken from the wire, so that its
 *     client gets to read the answer
 * @param stopQuiet how long no request may have come, on any connection that was open before, until a stopping edge closes
 *     them all
 * @param proxies whose word is taken for a client's address
 */
public record HttpConfig(
        String host,
        int port,
        int edges,
        int connectionsMax,
        int acceptBacklog,
        int headerBytesMax,
        Duration firstRequestMax,
        Duration keepAliveMax,
        Duration bodyMax,
        Duration lingerMax,
        Duration stopQuiet,
        TrustedProxies proxies) {
    private static final int ACCEPT_BACKLOG = 4096;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    public static HttpConfig fromEnv(Environment env) {
        var config = new HttpConfig(
                env.text("DOORBUSTER_HTTP_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_HTTP_PORT", 8080, 0, 65535),
                env.integer("DOORBUSTER_EDGE_INSTANCES", 1, 1, 64),
                env.integer("DOORBUSTER_HTTP_CONNECTIONS_MAX", 20_000, 1, 1_000_000),
                ACCEPT_BACKLOG,
                HEADER_BYTES_MAX,
                limit(env, "DOORBUSTER_HTTP_FIRST_REQUEST_TIMEOUT_MS", 10_000),
                limit(env, "DOORBUSTER_HTTP_KEEP_ALIVE_MS", 75_000),
                limit(env, "DOORBUSTER_HTTP_BODY_TIMEOUT_MS", 10_000),
                LINGER,
                limit(env, "DOORBUSTER_HTTP_STOP_QUIET_MS", 200),
                TrustedProxies.fromEnv(env));
        if (config.port == 0 && config.edges > 1) {
            env.reject(
                    "DOORBUSTER_HTTP_PORT must be a number of your choice where DOORBUSTER_EDGE_INSTANCES is more than 1");
        }
        return config;
    }

    private static Duration limit(Environment env, String name, long byDefaultMs) {
        return env.millis(name, byDefaultMs, 10, 600_000);
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
