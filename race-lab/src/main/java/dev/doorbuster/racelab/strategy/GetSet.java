package dev.doorbuster.racelab.strategy;

import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Optional;

/**
 * The tutorial's wrong way: read the number, compute, write it. Another buyer who read it meanwhile sells the same unit again,
 * unnoticed.
 */
final class GetSet implements RedisStrategy.Purchase {
    @Override
    public Future<Optional<RaceAnswer>> attempt(DedicatedRedisConnection connection, String key) {
        return connection.batch(List.of(Request.cmd(Command.GET).arg(key))).compose(replies -> {
            long left = replies.get(0).toLong();
            return left == 0
                    ? Future.succeededFuture(Optional.of(RaceAnswer.REFUSED))
                    : connection.batch(List.of(set(key, left - 1))).map(Optional.of(RaceAnswer.SOLD));
        });
    }

    /** Only if the key exists, and with its expiry: a late reply must not create a key without expiry. */
    private static Request set(String key, long left) {
        return Request.cmd(Command.SET).arg(key).arg(left).arg("XX").arg("KEEPTTL");
    }
}
