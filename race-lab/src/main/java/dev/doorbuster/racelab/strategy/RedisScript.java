package dev.doorbuster.racelab.strategy;

import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Optional;

/** Reads, computes and writes within a Redis script, which is executed atomically: no conflicts, no retries. */
final class RedisScript implements RedisStrategy.Purchase {
    private static final String SCRIPT = """
            if tonumber(redis.call('GET', KEYS[1])) > 0 then
                redis.call('DECR', KEYS[1])
                return 1
            end
            return 0
            """;

    @Override
    public Future<Optional<RaceAnswer>> attempt(DedicatedRedisConnection connection, String key) {
        Request eval = Request.cmd(Command.EVAL).arg(SCRIPT).arg(1).arg(key);
        return connection
                .batch(List.of(eval))
                .map(replies -> Optional.of(replies.get(0).toInteger() == 1 ? RaceAnswer.SOLD : RaceAnswer.REFUSED));
    }
}
