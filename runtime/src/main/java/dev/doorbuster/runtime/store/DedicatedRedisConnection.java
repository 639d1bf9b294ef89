package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
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
 *
 * <p>Where sentinels know which Redis is the master, each connection is to the master of its time, by way of
 * {@link RedisFinder}. One that was deposed refuses to write; that is a failure like any other, and leads to the new one.
 */
public final class DedicatedRedisConnection {
    private final Vertx vertx;
    private final RedisConfig config;
    private final RedisFinder finder;
    private Link link;
    private boolean closed;

    DedicatedRedisConnection(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.finder = new RedisFinder(vertx, config);
    }

    /**
     * Sends the commands in one piece and awaits all replies, null for nil: an EXEC that lost its race succeeds with null.
     * Fails as a whole with {@link StoreUnavailableException} if one reply is an error; within EXEC errors are elements.
     */
    public Future<List<Response>> batch(List<Request> requests) {
        return send(link(), requests);
    }

    /** Sends commands with a WATCH among them; what they are answered comes with the connection that watches. */
    public Future<Watching> watch(List<Request> requests) {
        Link current = link();
        return send(current, requests).map(replies -> new Watching(current, replies));
    }

    /** The replies to a WATCH and to what was sent with it, and the very connection that watches. */
    public final class Watching {
        private final Link link;
        private final List<Response> replies;

        private Watching(Link link, List<Response> replies) {
            this.link = link;
            this.replies = replies;
        }

        public List<Response> replies() {
            return replies;
        }

        /** As {@link DedicatedRedisConnection#batch}, but fails where the connection has been dropped: nobody watches any more. */
        public Future<List<Response>> batch(List<Request> requests) {
            return isCurrent(link)
                    ? send(link, requests)
                    : Future.failedFuture(
                            new StoreUnavailableException(config + ": the connection that watched is gone"));
        }
    }

    private Future<List<Response>> send(Link current, List<Request> requests) {
        return current.connection
                .compose(
                        open -> open.batch(requests).timeout(config.commandMax().toMillis(), TimeUnit.MILLISECONDS))
                .recover(cause -> {
                    drop(current);
                    return Future.failedFuture(new StoreUnavailableException(config.toString(), cause));
                });
    }

    public synchronized void close() {
        closed = true;
        if (link != null) {
            link.close();
        }
    }

    private synchronized Link link() {
        if (link == null) {
            link = new Link();
        }
        return link;
    }

    private synchronized boolean isCurrent(Link used) {
        return link == used;
    }

    private synchronized void drop(Link broken) {
        if (link == broken) {
            link = null;
            broken.close();
        }
    }

    /** One connection, from the search for its server to its end, with the client that brings it. */
    private final class Link {
        private final Future<RedisConnection> connection;
        private Redis client;
        private boolean over;

        private Link() {
            connection = closed
                    ? Future.failedFuture("this line was closed")
                    : finder.find().compose(this::connect);
        }

        private synchronized Future<RedisConnection> connect(Endpoint server) {
            if (over) {
                return Future.failedFuture("given up before it was connected");
            }
            client = Redis.createClient(vertx, config.options(server, config.password()));
            return client.connect()
                    .compose(open -> finder.requireMaster(server, open))
                    .timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS)
                    .onSuccess(open -> open.endHandler(end -> drop(this)).exceptionHandler(broken -> drop(this)));
        }

        /** Once: the client does not bear to be closed again. */
        private synchronized void close() {
            over = true;
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }
}
