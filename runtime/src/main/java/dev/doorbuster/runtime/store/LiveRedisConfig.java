package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.config.Environment;
import java.util.List;
import java.util.Optional;

/**
 * The Redis with live data that no sale depends on: by default the one of the counters, else a server of its own.
 *
 * @param main written to
 * @param replica read for pages, if there is one; it may be some seconds late
 */
public record LiveRedisConfig(RedisConfig main, Optional<RedisConfig> replica) {
    private static final String SERVERS = "DOORBUSTER_LIVE_REDIS";
    private static final int SERVERS_MAX = 2;

    /**
     * Reads the configuration.
     *
     * @param counters the counters' Redis, whose limits and password apply here too
     */
    public static LiveRedisConfig fromEnv(Environment env, RedisConfig counters) {
        List<Endpoint> servers = env.endpoints(SERVERS);
        if (servers.size() > SERVERS_MAX) {
            env.reject(SERVERS + " must be one server, or one and its replica");
        }
        return servers.isEmpty()
                ? new LiveRedisConfig(counters, Optional.empty())
                : new LiveRedisConfig(
                        counters.at(servers.get(0)),
                        servers.stream().skip(1).findFirst().map(counters::at));
    }
}
