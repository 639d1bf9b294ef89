package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Connection settings and limits for Memcached.
 *
 * @param servers one or several, with their weights
 * @param commandMax longest round trip
 * @param healInterval wait before the first reconnect; a few times that before later ones
 * @param workers threads that wait for replies, since the client blocks
 * @param pendingMax calls running or waiting for a worker; further calls fail at once
 * @param probeInterval how often an idle store is probed
 */
public record MemcachedConfig(
        List<Endpoint> servers,
        Duration connectMax,
        Duration commandMax,
        Duration healInterval,
        int workers,
        int pendingMax,
        Duration probeInterval) {
    /** Size of each socket buffer and of the read buffer; some hundred bytes for each key of the biggest request. */
    public static final int BUFFER_BYTES = 512 * 1024;

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration HEAL_INTERVAL = Duration.ofMillis(500);
    private static final int PENDING_MAX = 1024;
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    public static MemcachedConfig fromEnv(Environment env) {
        return new MemcachedConfig(
                servers(env),
                CONNECT_TIMEOUT,
                COMMAND_TIMEOUT,
                HEAL_INTERVAL,
                env.integer("DOORBUSTER_MEMCACHED_WORKERS", 16, 1, 256),
                PENDING_MAX,
                PROBE_INTERVAL);
    }

    private static List<Endpoint> servers(Environment env) {
        var one = new Endpoint(
                env.text("DOORBUSTER_MEMCACHED_HOST", "localhost"),
                env.integer("DOORBUSTER_MEMCACHED_PORT", 11211, 1, 65535));
        List<Endpoint> several = env.weightedEndpoints("DOORBUSTER_MEMCACHED_SERVERS");
        return several.isEmpty() ? List.of(one) : several;
    }

    /** The same settings with another limit of a round trip. */
    public MemcachedConfig withCommandMax(Duration max) {
        return new MemcachedConfig(servers, connectMax, max, healInterval, workers, pendingMax, probeInterval);
    }

    /** The same settings for one of the servers. */
    MemcachedConfig only(Endpoint server) {
        return new MemcachedConfig(
                List.of(server), connectMax, commandMax, healInterval, workers, pendingMax, probeInterval);
    }

    @Override
    public String toString() {
        return "memcached://" + servers.stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }
}
