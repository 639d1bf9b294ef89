package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
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

    /** The server to connect to now. Fails if no sentinel answers, or none of those that answer knows a master. */
    Future<Endpoint> find() {
        if (!config.hasSentinels()) {
            return Future.succeededFuture(new Endpoint(config.host(), config.port()));
        }
        var sentinels = new ArrayList<>(config.sentinels());
        // In random order: the first may be unresponsive and cost a timeout.
        Collections.shuffle(sentinels);
        Future<Endpoint> found = Future.failedFuture("there are no sentinels");
        for (Endpoint sentinel : sentinels) {
            found = found.recover(failed -> ask(sentinel));
        }
        return found;
    }

    private Future<Endpoint> ask(Endpoint sentinel) {
        Redis client = Redis.createClient(vertx, config.options(sentinel, config.sentinelPassword()));
        Request request =
                Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(config.masterName());
        return client.connect()
                .compose(connection -> connection.send(request))
                .timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS)
                .compose(reply -> master(sentinel, reply))
                .onComplete(done -> client.close());
    }

    private Future<Endpoint> master(Endpoint sentinel, Response reply) {
        return reply == null || reply.size() != 2
                ? Future.failedFuture("sentinel " + sentinel + " has no master named " + config.masterName())
                : Future.succeededFuture(
                        new Endpoint(reply.get(0).toString(), reply.get(1).toInteger()));
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
