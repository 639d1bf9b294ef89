package dev.doorbuster.racelab.strategy;

import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Optional;

/**
 * The tutorial's own example of WATCH: it watches on the client, and the transaction has another connection. A WATCH belongs to
 * its connection, so no EXEC is ever aborted, and the unit is sold to every buyer that read it.
 */
record WatchElsewhere(DedicatedRedisConnection client) implements RedisStrategy.Purchase {
    @Override
    public Future<Void> connect() {
        return client.batch(List.of(Request.cmd(Command.PING))).mapEmpty();
    }

    @Override
    public Future<Optional<RaceAnswer>> attempt(DedicatedRedisConnection connection, String key) {
        // UNWATCH first, for the keys that earlier races watched.
        List<Request> watch =
                List.of(Request.cmd(Command.UNWATCH), Request.cmd(Command.WATCH).arg(key));
        List<Request> read =
                List.of(Request.cmd(Command.UNWATCH), Request.cmd(Command.GET).arg(key));
        return client.batch(watch)
                .compose(watching -> connection.batch(read))
                .compose(replies -> replies.get(1).toLong() <= 0
                        ? Future.succeededFuture(Optional.of(RaceAnswer.REFUSED))
                        : connection.batch(WatchMulti.take(key)).map(WatchMulti::answer));
    }
}
