package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Redis: a few shared, pipelining connections, and any number of {@link DedicatedRedisConnection}s with a single owner. Safe for any thread.
 * Connects at the first use, so creating it never fails.
 *
 * <p>With sentinels, connections to a server that is no longer the master are dropped: one that has lost its replicas refuses
 * writes but answers reads, with what was there before.
 */
public final class RedisStore {
    private static final Duration MASTER_CHECKED_EVERY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final RedisConfig config;
    private final RedisFinder finder;
    private final OneShotTimer masterChecks;
    private volatile boolean checkingMaster;
    private volatile Endpoint master;
    private final List<DedicatedRedisConnection> shared;
    private final List<DedicatedRedisConnection> owned = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final StoreProbe probe;

    public RedisStore(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.shared = Stream.generate(() -> new DedicatedRedisConnection(vertx, config))
                .limit(RedisConfig.CONNECTIONS)
                .toList();
        this.probe = new StoreProbe(vertx, config.probeInterval());
        probe.start(this::ping);
        this.finder = new RedisFinder(vertx, config);
        this.masterChecks = new OneShotTimer(vertx);
        if (config.hasSentinels()) {
            masterChecks.every(MASTER_CHECKED_EVERY, this::checkMaster);
        }
    }

    /** As long as no sentinel answers, nothing changes. */
    private void checkMaster() {
        if (!checkingMaster) {
            checkingMaster = true;
            Future<Endpoint> unused = findMaster()
                    .onSuccess(found -> connections().forEach(each -> each.keepOnlyTo(found)))
                    .onComplete(done -> checkingMaster = false);
        }
    }

    private Future<Endpoint> findMaster() {
        return finder.find().onSuccess(found -> master = found);
    }

    /** Whether the connection is to the master that was found last. */
    boolean isToMaster(RawRedis raw) {
        return raw.server().equals(master);
    }

    private Stream<DedicatedRedisConnection> connections() {
        return Stream.concat(shared.stream(), owned.stream());
    }

    /** Null for nil. Not for WATCH or MULTI, since the connection is shared. */
    public Future<Response> send(Request request) {
        return batch(List.of(request)).map(replies -> replies.get(0));
    }

    /**
     * Pipelines the commands on one connection; they may include a whole MULTI..EXEC, but no WATCH. See {@link
     * DedicatedRedisConnection#batch}.
     */
    public Future<List<Response>> batch(List<Request> requests) {
        int next = Math.floorMod(turn.getAndIncrement(), shared.size());
        return probe.watch(shared.get(next).batch(requests));
    }

    /** A connection for the caller only; closed with the store. */
    public DedicatedRedisConnection line() {
        var connection = new DedicatedRedisConnection(vertx, config);
        owned.add(connection);
        return connection;
    }

    /**
     * A connection that speaks RESP2, to the server that may be written to, for callers that need error replies, blocking
     * commands or pushed messages. The caller closes it and limits each command.
     */
    public Future<RawRedis> raw() {
        return findMaster().compose(server -> {
            Redis client = Redis.createClient(
                    vertx, config.options(server, config.password()).setProtocolNegotiation(false));
            return client.connect()
                    .compose(connection -> finder.requireMaster(server, connection))
                    .timeout(config.connectMax().toMillis(), TimeUnit.MILLISECONDS)
                    .map(connection -> new RawRedis(server, client, connection))
                    .onFailure(cause -> client.close());
        });
    }

    public Future<Void> ping() {
        return send(Request.cmd(Command.PING)).mapEmpty();
    }

    /** The last known problem of the store; no I/O. */
    public Optional<String> problem() {
        return probe.problem();
    }

    public Future<Void> close() {
        probe.stop();
        masterChecks.cancel();
        connections().forEach(DedicatedRedisConnection::close);
        return Future.succeededFuture();
    }

    /**
     * One connection with the client it belongs to, without timeouts or reconnects: error replies and pushed messages reach the
     * caller.
     */
    public record RawRedis(Endpoint server, Redis client, RedisConnection connection) {
        public void close() {
            client.close();
        }
    }
}
