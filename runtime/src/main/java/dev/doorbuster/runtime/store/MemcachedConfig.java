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
 * @param bufferBytes size of each socket buffer and of the read buffer; some hundred bytes for each key of the biggest request
 * @param probeInterval how often an idle store is probed
 */
public record MemcachedConfig(
        List<Endpoint> servers,
        Duration connectMax,
        Duration commandMax,
        Duration healInterval,
        int workers,
        int pendingMax,
        int bufferBytes,
        Duration probeInterval) {
    private static final int BUFFER_BYTES = 512 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    public static MemcachedConfig fromEnv(Environment env) {
        return new MemcachedConfig(
                servers(env),
                CONNECT_TIMEOUT,
                env.millis("DOORBUSTER_MEMCACHED_COMMAND_TIMEOUT_MS", 1000, 10, 60_000),
                env.millis("DOORBUSTER_MEMCACHED_HEAL_INTERVAL_MS", 500, 10, 60_000),
                env.integer("DOORBUSTER_MEMCACHED_WORKERS", 16, 1, 256),
                env.integer("DOORBUSTER_MEMCACHED_PENDING_MAX", 1024, 1, 100_000),
                BUFFER_BYTES,
                env.millis("DOORBUSTER_MEMCACHED_PROBE_INTERVAL_MS", 1000, 10, 60_000));
    }

    private static List<Endpoint> servers(Environment env) {
        var one = new Endpoint(
                env.text("DOORBUSTER_MEMCACHED_HOST", "localhost"),
                env.integer("DOORBUSTER_MEMCACHED_PORT", 11211, 1, 65535));
        List<Endpoint> several = env.weightedEndpoints("DOORBUSTER_MEMCACHED_SERVERS");
        return several.isEmpty() ? List.of(one) : several;
    }

    /** The same settings for one of the servers. */
    MemcachedConfig only(Endpoint server) {
        return new MemcachedConfig(
                List.of(server), connectMax, commandMax, healInterval, workers, pendingMax, bufferBytes, probeInterval);
    }

    @Override
    public String toString() {
        return "memcached://" + servers.stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }
}
