package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ProcessLedger;
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

/** A set of running servers, started from a {@link ServerPlan}. */
public final class Servers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private final ServerHome home;
    private final Map<ServerKind, ServerGroup> running = new ConcurrentSkipListMap<>();

    private Servers(ServerHome home) {
        this.home = home;
    }

    static Servers start(
            ServerHome home, Map<ServerKind, Function<ServerHome, ServerGroup>> starts, Consumer<Progress> listener) {
        List<String> ended = ProcessLedger.endLeftovers(home.directory());
        if (!ended.isEmpty()) {
            LOG.info("ended what an earlier run left behind: {}", ended);
        }
        List<String> inUse = ProcessLedger.runningIn(home.directory());
        if (!inUse.isEmpty()) {
            throw new IllegalStateException(home.directory() + " is in use: " + inUse + " run there");
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

    /** The one Redis, or the master of the moment. */
    public RedisServer redis() {
        return (RedisServer) get(ServerKind.REDIS);
    }

    /** The one Memcached, or the one that bears most of those that live. */
    public MemcachedServer memcached() {
        return (MemcachedServer) get(ServerKind.MEMCACHED);
    }

    /** The one broker, or the one that leads most queues. */
    public RabbitServer rabbitmq() {
        return (RabbitServer) get(ServerKind.RABBITMQ);
    }

    /** The one PostgreSQL, or the primary of the moment. */
    public PostgresServer postgres() {
        return (PostgresServer) get(ServerKind.POSTGRES);
    }

    /**
     * The server of that kind, or the node in charge at this moment.
     *
     * @throws IllegalStateException when the plan did not name it
     */
    public RealServer get(ServerKind kind) {
        return group(kind).leader();
    }

    /** All that is one server of that kind to its clients. */
    public ServerGroup group(ServerKind kind) {
        ServerGroup group = running.get(kind);
        if (group == null) {
            throw new IllegalStateException(kind.label() + " was not asked for; running are " + running.keySet());
        }
        return group;
    }

    /** Who watches over Redis; nobody, where it stands alone. */
    public List<RedisSentinel> sentinels() {
        return group(ServerKind.REDIS).processes().stream()
                .filter(RedisSentinel.class::isInstance)
                .map(RedisSentinel.class::cast)
                .toList();
    }

    public Collection<ServerGroup> groups() {
        return List.copyOf(running.values());
    }

    /** Every single process of every server. */
    public Collection<RealServer> all() {
        return running.values().stream()
                .flatMap(group -> group.processes().stream())
                .toList();
    }

    public Path directory() {
        return home.directory();
    }

    /** Records further processes of the same directory, so that the next start ends them too if this JVM is killed. */
    public ProcessLedger ledger() {
        return home.ledger();
    }

    /** Stops all of them side by side, in order; their data stays. */
    public void stop() {
        SideBySide.run(
                running.values().stream().<Runnable>map(group -> group::stop).toList());
    }

    /** Ends all of them without ceremony and deletes their data; the logs stay. */
    public void discard() {
        SideBySide.run(
                running.values().stream().<Runnable>map(group -> group::discard).toList());
    }

    @Override
    public void close() {
        stop();
    }
}
