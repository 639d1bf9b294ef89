package dev.doorbuster.racelab.strategy;

import dev.doorbuster.racelab.strategy.RaceStrategy.RaceAnswer;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;

/** The ways in which a buyer takes a unit from a counter in Redis. */
final class RedisPurchases {
    private static final String SCRIPT = """
            if tonumber(redis.call('GET', KEYS[1])) > 0 then
                redis.call('DECR', KEYS[1])
                return 1
            end
            return 0
            """;

    private RedisPurchases() {}

    /**
     * The tutorial's wrong way: read the number, compute, write it. Another buyer who read it meanwhile sells the same unit
     * again, unnoticed.
     */
    static Future<Optional<RaceAnswer>> getSet(DedicatedRedisConnection connection, String key) {
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

    /**
     * The tutorial's own example of WATCH: it watches on the client, and the transaction has another connection. A WATCH
     * belongs to its connection, so no EXEC is ever aborted, and the unit is sold to every buyer that read it.
     *
     * @param client the connection that watches
     */
    static Future<Optional<RaceAnswer>> watchElsewhere(
            DedicatedRedisConnection client, DedicatedRedisConnection connection, String key) {
        // UNWATCH first, for the keys that earlier races watched.
        List<Request> watch =
                List.of(Request.cmd(Command.UNWATCH), Request.cmd(Command.WATCH).arg(key));
        List<Request> read =
                List.of(Request.cmd(Command.UNWATCH), Request.cmd(Command.GET).arg(key));
        return client.batch(watch)
                .compose(watching -> connection.batch(read))
                .compose(replies -> replies.get(1).toLong() <= 0
                        ? Future.succeededFuture(Optional.of(RaceAnswer.REFUSED))
                        : connection.batch(take(key)).map(RedisPurchases::answer));
    }

    /** One optimistic transaction per buyer: exact, but of all concurrent attempts one succeeds, and the others must retry. */
    static Future<Optional<RaceAnswer>> watchMulti(DedicatedRedisConnection connection, String key) {
        // UNWATCH first, for the key watched by a refused buyer.
        List<Request> reads = List.of(
                Request.cmd(Command.UNWATCH),
                Request.cmd(Command.WATCH).arg(key),
                Request.cmd(Command.GET).arg(key));
        return connection.watch(reads).compose(watching -> {
            long left = watching.replies().get(2).toLong();
            return left == 0
                    ? Future.succeededFuture(Optional.of(RaceAnswer.REFUSED))
                    : watching.batch(take(key)).map(RedisPurchases::answer);
        });
    }

    private static List<Request> take(String key) {
        return List.of(Request.cmd(Command.MULTI), Request.cmd(Command.DECR).arg(key), Request.cmd(Command.EXEC));
    }

    /** EXEC replies nil if the watched key has changed. */
    private static Optional<RaceAnswer> answer(List<Response> replies) {
        return replies.get(2) == null ? Optional.empty() : Optional.of(RaceAnswer.SOLD);
    }

    /** Reads, computes and writes within a Redis script, which is executed atomically: no conflicts, no retries. */
    static Future<Optional<RaceAnswer>> script(DedicatedRedisConnection connection, String key) {
        Request eval = Request.cmd(Command.EVAL).arg(SCRIPT).arg(1).arg(key);
        return connection
                .batch(List.of(eval))
                .map(replies -> Optional.of(replies.get(0).toInteger() == 1 ? RaceAnswer.SOLD : RaceAnswer.REFUSED));
    }
}
