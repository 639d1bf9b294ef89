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
 * Finds the Redis that may be written to: the configured one, or the master that the sentinels name, asked anew for each
 * connection.
 *
 * <p>Sentinels may still name a master that has died, and a master that was deposed while it was away comes back as one
 * until somebody tells it. So whoever is connected to is asked for its role as well, and one that is no master is no
 * connection. What is left is a deposed master that neither knows nor is known to be: it has no replicas, and is to be
 * set up to refuse writes without ({@code min-replicas-to-write}).
 *
 * <p>The client's own sentinel mode is not used: it remembers the first answer, and asks nobody for a role.
 */
final class RedisFinder {
    private static final String MASTER = "master";

    private final Vertx vertx;
    private final RedisConfig config;

    RedisFinder(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Who is to be connected to now. Fails where no sentinel answers, or none of those that do knows a master. */
    Future<Endpoint> find() {
        if (!config.hasSentinels()) {
            return Future.succeededFuture(new Endpoint(config.host(), config.port()));
        }
        var sentinels = new ArrayList<>(config.sentinels());
        // Not always the same one first: it may be one that answers nothing, and costs a timeout.
        Collections.shuffle(sentinels);
        Future<Endpoint> found = Future.failedFuture("there are no sentinels");
        for (Endpoint sentinel : sentinels) {
            found = found.recover(nobody -> ask(sentinel));
        }
        return found;
    }

    private Future<Endpoint> ask(Endpoint sentinel) {
        Redis client = Redis.createClient(vertx, config.options(sentinel, config.sentinelPassword()));
        Request question =
                Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(config.masterName());
        return client.connect()
                .compose(connection -> connection.send(question))
                .timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS)
                .compose(answer -> master(sentinel, answer))
                .onComplete(done -> client.close());
    }

    private Future<Endpoint> master(Endpoint sentinel, Response answer) {
        return answer == null || answer.size() != 2
                ? Future.failedFuture("sentinel " + sentinel + " knows no master " + config.masterName())
                : Future.succeededFuture(
                        new Endpoint(answer.get(0).toString(), answer.get(1).toInteger()));
    }

    /** The same connection, or a failure where it leads to no master. */
    Future<RedisConnection> requireMaster(Endpoint server, RedisConnection connection) {
        if (!config.hasSentinels()) {
            return Future.succeededFuture(connection);
        }
        return connection.send(Request.cmd(Command.ROLE)).compose(role -> {
            String name = role.get(0).toString();
            return name.equals(MASTER)
                    ? Future.succeededFuture(connection)
                    : Future.failedFuture(server + " is no " + MASTER + " but a " + name);
        });
    }
}
