package dev.doorbuster.runtime.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

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
}
