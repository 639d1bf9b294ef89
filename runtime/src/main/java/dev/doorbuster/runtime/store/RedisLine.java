package dev.doorbuster.runtime.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection to Redis, which its owner shares with nobody, so that it may WATCH. Safe for any thread; a transaction
 * stays whole where one owner sends it.
 *
 * <p>The client underneath never heals a connection and never gives up on a silent server. So a line connects when it is
 * first used, and after any failure throws its connection away, client and all: the socket is closed, whatever was in
 * flight fails, and the next call connects anew. A dropped connection takes its WATCH with it, so what depends on a WATCH
 * is sent by way of {@link Watching}, which never moves to another connection.
 */
public final class RedisLine {
    private final Vertx vertx;
    private final RedisConfig config;
    private Redis client;
    private Future<RedisConnection> connection;
    private boolean closed;

    RedisLine(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * Sends the commands in one piece and awaits all replies, null for nil: an EXEC that lost its race succeeds with null.
     * Fails as a whole with {@link StoreUnavailableException} if one reply is an error; within EXEC errors are elements.
     */
    public Future<List<Response>> batch(List<Request> requests) {
        return send(connection(), requests);
    }

    /** Sends commands with a WATCH among them; what they are answered comes with the connection that watches. */
    public Future<Watching> watch(List<Request> requests) {
        Future<RedisConnection> current = connection();
        return send(current, requests).map(replies -> new Watching(current, replies));
    }

    /** The replies to a WATCH and to what was sent with it, and the very connection that watches. */
    public final class Watching {
        private final Future<RedisConnection> connection;
        private final List<Response> replies;

        private Watching(Future<RedisConnection> connection, List<Response> replies) {
            this.connection = connection;
            this.replies = replies;
        }

        public List<Response> replies() {
            return replies;
        }

        /** As {@link RedisLine#batch}, but fails where the connection has been dropped: nobody watches any more. */
        public Future<List<Response>> batch(List<Request> requests) {
            return isCurrent(connection)
                    ? send(connection, requests)
                    : Future.failedFuture(
                            new StoreUnavailableException(config + ": the connection that watched is gone"));
        }
    }

    private Future<List<Response>> send(Future<RedisConnection> current, List<Request> requests) {
        return current.compose(
                        open -> open.batch(requests).timeout(config.commandMax().toMillis(), TimeUnit.MILLISECONDS))
                .recover(cause -> {
                    drop(current);
                    return Future.failedFuture(new StoreUnavailableException(config.toString(), cause));
                });
    }

    public synchronized void close() {
        closed = true;
        closeClient();
    }

    /** Once: the client does not bear to be closed again. */
    private void closeClient() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private synchronized Future<RedisConnection> connection() {
        if (closed) {
            return Future.failedFuture("this line was closed");
        }
        if (connection == null) {
            client = Redis.createClient(vertx, options());
            Future<RedisConnection> connecting =
                    client.connect().timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS);
            connection = connecting;
            connecting.onSuccess(
                    open -> open.endHandler(end -> drop(connecting)).exceptionHandler(broken -> drop(connecting)));
        }
        return connection;
    }

    private synchronized boolean isCurrent(Future<RedisConnection> used) {
        return connection == used;
    }

    private synchronized void drop(Future<RedisConnection> broken) {
        if (connection == broken) {
            connection = null;
            closeClient();
        }
    }

    private RedisOptions options() {
        var options = new RedisOptions()
                .setConnectionString("redis://" + config.host() + ":" + config.port())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(config.waitingMax())
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout((int) config.connectMax().toMillis())
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
        config.password().ifPresent(options::setPassword);
        return options;
    }
}
