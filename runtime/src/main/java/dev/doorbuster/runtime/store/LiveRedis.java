package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * Clients of the Redis with live data. Its connections are not shared with the counters or tickets, so that a long pipeline
 * delays neither.
 */
public final class LiveRedis {
    private final RedisStore main;
    private final RedisStore replica;

    public LiveRedis(Vertx vertx, LiveRedisConfig config) {
        main = new RedisStore(vertx, config.main());
        replica = config.replica().map(server -> new RedisStore(vertx, server)).orElse(main);
    }

    /** For writes, messages, and reads that precede a write. */
    public RedisStore main() {
        return main;
    }

    /** For reads: the replica if there is one and it answers. */
    public RedisStore reading() {
        return replica.problem().isEmpty() ? replica : main;
    }

    public Future<Void> close() {
        return replica == main
                ? main.close()
                : Future.join(main.close(), replica.close()).mapEmpty();
    }

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
}
