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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis connection with a single owner, so that it may WATCH. Safe for any thread; a transaction is not interleaved if one
 * owner sends it.
 *
 * <p>The underlying client neither repairs a connection nor times out on an unresponsive server. So this class connects at the
 * first use and, after any failure, discards client and connection: the socket is closed, commands in flight fail, and the next
 * call connects again. A closed connection loses its WATCH, so commands that depend on a WATCH are sent through {@link
 * Watching}, which never moves to another connection.
 *
 * <p>With sentinels, each connection is to the current master, found by {@link RedisFinder}. A demoted master rejects writes,
 * which is handled like any other failure and leads to the new master. One that has only lost its replicas still answers reads;
 * {@link RedisStore} finds that out.
 */
public final class DedicatedRedisConnection {
    private static final Logger LOG = LoggerFactory.getLogger(DedicatedRedisConnection.class);

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
     * Pipelines the commands and awaits all replies, null for nil: an EXEC aborted by WATCH succeeds with null. Fails as a
     * whole with {@link StoreUnavailableException} if one reply is an error; errors within EXEC are elements of its reply.
     */
    public Future<List<Response>> batch(List<Request> requests) {
        return send(link(), requests);
    }

    /** Sends commands that include a WATCH; returns the replies together with the watching connection. */
    public Future<Watching> watch(List<Request> requests) {
        Link current = link();
        return send(current, requests).map(replies -> new Watching(current, replies));
    }

    /** The replies to a WATCH and the commands sent with it, and the connection that watches. */
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

        /** Like {@link DedicatedRedisConnection#batch}, but fails if the connection was closed, since its WATCH is lost. */
        public Future<List<Response>> batch(List<Request> requests) {
            return isCurrent(link)
                    ? send(link, requests)
                    : Future.failedFuture(
                            new StoreUnavailableException(config + ": the connection with the WATCH was closed"));
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

    /** Drops the connection if it is to another server than the master. */
    synchronized void keepOnlyTo(Endpoint master) {
        Endpoint server = link == null ? null : link.server();
        if (server != null && !server.equals(master)) {
            LOG.info("{}: the master is no longer {} but {}", config, server, master);
            drop(link);
        }
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

    /** One connection with its client, from finding the server to closing. */
    private final class Link {
        private final Future<RedisConnection> connection;
        private Endpoint server;
        private Redis client;
        private boolean over;

        private Link() {
            connection = closed
                    ? Future.failedFuture("the connection was closed")
                    : finder.find().compose(this::connect);
        }

        /** Null before it is found. */
        private synchronized Endpoint server() {
            return server;
        }

        private synchronized Future<RedisConnection> connect(Endpoint found) {
            if (over) {
                return Future.failedFuture("closed before it was connected");
            }
            server = found;
            client = Redis.createClient(vertx, config.options(found, config.password()));
            return client.connect()
                    .compose(open -> finder.requireMaster(found, open))
                    .timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS)
                    .onSuccess(open -> open.endHandler(end -> drop(this)).exceptionHandler(broken -> drop(this)));
        }

        /** Idempotent: the client must not be closed twice. */
        private synchronized void close() {
            over = true;
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }
}
