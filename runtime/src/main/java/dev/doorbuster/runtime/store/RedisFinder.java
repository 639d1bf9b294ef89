package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;

/**
 * Finds the Redis to write to: the configured one, or the master named by the sentinels, looked up for each connection.
 *
 * <p>Sentinels may still name a dead master, and a former master that returns reports itself as master until it is
 * reconfigured. So each connection is also checked with {@code ROLE} and rejected if it is not to a master. One case remains: a
 * former master that was not demoted yet. It has no replicas, so it must be configured to refuse writes without them ({@code
 * min-replicas-to-write}).
 *
 * <p>The client's own sentinel mode is not used: it caches the first answer and does not check the role.
 */
final class RedisFinder {
    private static final String MASTER = "master";

    private final Vertx vertx;
    private final RedisConfig config;

    RedisFinder(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * The server to connect to now: of the masters that a majority of the sentinels name, the one of the latest failover, since
     * a sentinel without contact names the former one. Fails if no sentinel answers, or none of those that answer knows a
     * master.
     */
    Future<Endpoint> find() {
        if (!config.hasSentinels()) {
            return Future.succeededFuture(new Endpoint(config.host(), config.port()));
        }
        var answers = new Answers(config.sentinels().size());
        config.sentinels().forEach(sentinel -> ask(sentinel).onComplete(answers::add));
        return answers.latest.future();
    }

    private record Master(Endpoint server, long epoch) {}

    private static final class Answers {
        private final Promise<Endpoint> latest = Promise.promise();
        private final int majority;
        private int open;
        private int known;
        private Master last;

        Answers(int sentinels) {
            open = sentinels;
            majority = sentinels / 2 + 1;
        }

        synchronized void add(AsyncResult<Master> answer) {
            open--;
            if (answer.succeeded()) {
                known++;
                last = last == null || answer.result().epoch() > last.epoch() ? answer.result() : last;
            }
            if (last != null && (known >= majority || open == 0)) {
                boolean unused = latest.tryComplete(last.server());
            } else if (open == 0) {
                boolean unused = latest.tryFail(answer.cause());
            }
        }
    }

    private Future<Master> ask(Endpoint sentinel) {
        Redis client = Redis.createClient(vertx, config.options(sentinel, config.sentinelPassword()));
        Request request = Request.cmd(Command.SENTINEL, "MASTER", config.masterName());
        return client.connect()
                .compose(connection -> connection.send(request))
                .timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS)
                .map(reply -> new Master(
                        new Endpoint(
                                reply.get("ip").toString(), reply.get("port").toInteger()),
                        reply.get("config-epoch").toLong()))
                .onComplete(done -> client.close());
    }

    /** Returns the connection, or fails if it is not to a master. */
    Future<RedisConnection> requireMaster(Endpoint server, RedisConnection connection) {
        if (!config.hasSentinels()) {
            return Future.succeededFuture(connection);
        }
        return connection.send(Request.cmd(Command.ROLE)).compose(role -> {
            String name = role.get(0).toString();
            return name.equals(MASTER)
                    ? Future.succeededFuture(connection)
                    : Future.failedFuture(server + " is not a " + MASTER + " but a " + name);
        });
    }
}
