package dev.doorbuster.racelab.strategy;

import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Optional;

/**
 * How not to do it, as in the tutorial: read the number, think, write the number. Whoever else read it meanwhile sells the same
 * unit again, and nothing notices.
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

    /** Of a key that is there, and with the life it has: a reply that came too late must not leave a key for ever. */
    private static Request set(String key, long left) {
        return Request.cmd(Command.SET).arg(key).arg(left).arg("XX").arg("KEEPTTL");
    }
}
