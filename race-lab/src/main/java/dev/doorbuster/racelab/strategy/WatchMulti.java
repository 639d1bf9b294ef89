package dev.doorbuster.racelab.strategy;

import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;

/** One optimistic transaction per buyer: exact, but of all concurrent attempts one succeeds, and the others must retry. */
final class WatchMulti implements RedisStrategy.Purchase {
    @Override
    public Future<Optional<RaceAnswer>> attempt(DedicatedRedisConnection connection, String key) {
        // UNWATCH first, for the key watched by a refused buyer.
        List<Request> reads = List.of(
                Request.cmd(Command.UNWATCH),
                Request.cmd(Command.WATCH).arg(key),
                Request.cmd(Command.GET).arg(key));
        return connection.watch(reads).compose(watching -> {
            long left = watching.replies().get(2).toLong();
            return left == 0
                    ? Future.succeededFuture(Optional.of(RaceAnswer.REFUSED))
                    : watching.batch(take(key)).map(WatchMulti::answer);
        });
    }

    static List<Request> take(String key) {
        return List.of(Request.cmd(Command.MULTI), Request.cmd(Command.DECR).arg(key), Request.cmd(Command.EXEC));
    }

    /** EXEC replies nil if the watched key has changed. */
    static Optional<RaceAnswer> answer(List<Response> replies) {
        return replies.get(2) == null ? Optional.empty() : Optional.of(RaceAnswer.SOLD);
    }
}
