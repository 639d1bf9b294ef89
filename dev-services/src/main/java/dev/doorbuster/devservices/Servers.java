package dev.doorbuster.devservices;

import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.process.record.PidFiles;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.redis.RedisSentinel;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.devservices.support.SideBySide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running servers, started from a {@link ServerPlan}. */
public final class Servers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private final ServerHome home;
    private final Map<ServerKind, ServerGroup> running = new ConcurrentSkipListMap<>();

    private Servers(ServerHome home) {
        this.home = home;
    }

    static Servers start(
            ServerHome home, Map<ServerKind, Function<ServerHome, ServerGroup>> starts, Consumer<Progress> listener) {
        List<String> ended = PidFiles.endLeftovers(home.directory());
        if (!ended.isEmpty()) {
            LOG.info("killed processes of an earlier run: {}", ended);
        }
        List<String> inUse = PidFiles.runningIn(home.directory());
        if (!inUse.isEmpty()) {
            throw new IllegalStateException(home.directory() + " is in use by " + inUse);
        }
        Servers servers = new Servers(home);
        List<Runnable> tasks = starts.entrySet().stream()
                .<Runnable>map(start -> () -> servers.running.put(
                        start.getKey(),
                        timed(start.getKey(), listener, () -> start.getValue().apply(home))))
                .toList();
        try {
            SideBySide.run(tasks);
            return servers;
        } catch (RuntimeException e) {
            servers.stop();
            throw e;
        }
    }

    private static ServerGroup timed(ServerKind kind, Consumer<Progress> listener, Supplier<ServerGroup> start) {
        long began = System.nanoTime();
        listener.accept(new Progress(kind, Progress.Phase.STARTING, Duration.ZERO));
        Progress.Phase outcome = Progress.Phase.FAILED;
        try {
            ServerGroup server = start.get();
            outcome = Progress.Phase.READY;
            return server;
        } finally {
            listener.accept(new Progress(kind, outcome, Duration.ofNanos(System.nanoTime() - began)));
        }
    }

    /** The only Redis, or the current master. */
    public RedisServer redis() {
        return (RedisServer) get(ServerKind.REDIS);
    }

    /** The only Memcached, or the live one with the largest weight. */
    public MemcachedServer memcached() {
        return (MemcachedServer) get(ServerKind.MEMCACHED);
    }

    /** The only broker, or the one that leads most queues. */
    public RabbitServer rabbitmq() {
        return (RabbitServer) get(ServerKind.RABBITMQ);
    }

    /** The only PostgreSQL, or the current primary. */
    public PostgresServer postgres() {
        return (PostgresServer) get(ServerKind.POSTGRES);
    }

    /**
     * The server of this kind, or its current leader.
     *
     * @throws IllegalStateException if it is not in the plan
     */
    public RealServer get(ServerKind kind) {
        return group(kind).leader();
    }

    /** All processes of the server of this kind. */
    public ServerGroup group(ServerKind kind) {
        ServerGroup group = running.get(kind);
        if (group == null) {
            throw new IllegalStateException(kind.label() + " was not requested; running: " + running.keySet());
        }
        return group;
    }

    /** The sentinels of Redis; empty for a single Redis. */
    public List<RedisSentinel> sentinels() {
        return group(ServerKind.REDIS).processes().stream()
                .filter(RedisSentinel.class::isInstance)
                .map(RedisSentinel.class::cast)
                .toList();
    }

    public Collection<ServerGroup> groups() {
        return List.copyOf(running.values());
    }

    /** All processes of all servers. */
    public Collection<RealServer> all() {
        return running.values().stream()
                .flatMap(group -> group.processes().stream())
                .toList();
    }

    public Path directory() {
        return home.directory();
    }

    /** For further processes in the same directory: the next start kills them, too, if this JVM is killed. */
    public PidFiles pidFiles() {
        return home.pidFiles();
    }

    /** Stops all concurrently and orderly; their data stays. */
    public void stop() {
        SideBySide.run(
                running.values().stream().<Runnable>map(group -> group::stop).toList());
    }

    /** Kills all and deletes their data; the logs stay. */
    public void discard() {
        SideBySide.run(
                running.values().stream().<Runnable>map(group -> group::discard).toList());
    }

    @Override
    public void close() {
        stop();
    }
}
