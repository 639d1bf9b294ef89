package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Connection settings and limits for Redis.
 *
 * @param host the only Redis; ignored if there are sentinels
 * @param sentinels asked for the current master
 * @param masterName the master's name in the sentinels' configuration
 * @param commandMax longest round trip, connecting not included; then the connection is closed
 * @param probeInterval how often an idle store is probed
 */
public record RedisConfig(
        String host,
        int port,
        List<Endpoint> sentinels,
        String masterName,
        Optional<String> password,
        Optional<String> sentinelPassword,
        Duration connectMax,
        Duration commandMax,
        Duration probeInterval) {
    /** Shared, pipelining connections. */
    static final int CONNECTIONS = 2;

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** Commands in flight on one connection; further commands are rejected. */
    private static final int WAITING_MAX = 16_384;

    public static RedisConfig fromEnv(Environment env) {
        return new RedisConfig(
                env.text("DOORBUSTER_REDIS_HOST", "localhost"),
                env.integer("DOORBUSTER_REDIS_PORT", 6379, 1, 65535),
                env.endpoints("DOORBUSTER_REDIS_SENTINELS"),
                env.text("DOORBUSTER_REDIS_MASTER_NAME", "doorbuster"),
                env.optional("DOORBUSTER_REDIS_PASSWORD"),
                env.optional("DOORBUSTER_REDIS_SENTINEL_PASSWORD"),
                CONNECT_TIMEOUT,
                COMMAND_TIMEOUT,
                PROBE_INTERVAL);
    }

    /** The same settings with another limit of connecting and of a round trip. */
    public RedisConfig withCallMax(Duration max) {
        return new RedisConfig(host, port, sentinels, masterName, password, sentinelPassword, max, max, probeInterval);
    }

    /** The same settings for one server without sentinels. */
    RedisConfig at(Endpoint server) {
        return new RedisConfig(
                server.host(),
                server.port(),
                List.of(),
                masterName,
                password,
                Optional.empty(),
                connectMax,
                commandMax,
                probeInterval);
    }

    boolean hasSentinels() {
        return !sentinels.isEmpty();
    }

    /** Options of a client with one connection to a Redis or a sentinel. */
    RedisOptions options(Endpoint server, Optional<String> itsPassword) {
        var options = new RedisOptions()
                .setConnectionString("redis://" + server)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(WAITING_MAX)
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout((int) connectMax.toMillis())
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
        itsPassword.ifPresent(options::setPassword);
        return options;
    }

    @Override
    public String toString() {
        return hasSentinels()
                ? "redis+sentinel://"
                        + sentinels.stream().map(Endpoint::toString).collect(Collectors.joining(",")) + "/" + masterName
                : "redis://" + host + ":" + port;
    }
}
