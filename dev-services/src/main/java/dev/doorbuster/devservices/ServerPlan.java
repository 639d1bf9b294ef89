package dev.doorbuster.devservices;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.Packages.MissingServersException;
import dev.doorbuster.devservices.ServerGroup.SingleServer;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.rabbitmq.RabbitOptions;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.redis.RedisServer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which servers to start, where, and with which options. */
public final class ServerPlan {
    private final Path directory;
    private final Map<ServerKind, Function<ServerHome, ServerGroup>> starts = new EnumMap<>(ServerKind.class);
    private Consumer<Progress> listener = progress -> {};
    private HostMachine machine = HostMachine.undisturbed();

    private ServerPlan(Path directory) {
        this.directory = directory;
    }

    /** An empty plan for a directory without other content. Existing data is reused. */
    public static ServerPlan in(Path directory) {
        return new ServerPlan(directory);
    }

    /** Adds servers of the system with default options. */
    @CanIgnoreReturnValue
    public ServerPlan with(ServerKind... kinds) {
        for (ServerKind kind : kinds) {
            switch (kind) {
                case REDIS -> one(kind, RedisServer::start);
                case MEMCACHED -> one(kind, MemcachedServer::start);
                case RABBITMQ -> rabbitmq(RabbitOptions.defaults());
                case POSTGRES -> one(kind, PostgresServer::start);
                case PROMETHEUS, REDIS_EXPORTER, POSTGRES_EXPORTER ->
                    throw new IllegalArgumentException(kind.label() + " needs a server to watch");
                case BROWSER -> throw new IllegalArgumentException("the browser is not a server: see Browser");
            }
        }
        return this;
    }

    @CanIgnoreReturnValue
    public ServerPlan rabbitmq(RabbitOptions options) {
        return one(ServerKind.RABBITMQ, home -> RabbitServer.start(home, options));
    }

    /** Receives each step, from several threads. */
    @CanIgnoreReturnValue
    public ServerPlan onProgress(Consumer<Progress> newListener) {
        listener = newListener;
        return this;
    }

    /** Runs the servers on this machine, whose owner closes it. */
    @CanIgnoreReturnValue
    public ServerPlan on(HostMachine newMachine) {
        machine = newMachine;
        return this;
    }

    /** Adds a server of one process. */
    @CanIgnoreReturnValue
    public ServerPlan one(ServerKind kind, Function<ServerHome, RealServer> start) {
        return several(kind, home -> new SingleServer(start.apply(home)));
    }

    /** Adds a server of several processes. */
    @CanIgnoreReturnValue
    public ServerPlan several(ServerKind kind, Function<ServerHome, ServerGroup> start) {
        starts.put(kind, start);
        return this;
    }

    /**
     * Starts all servers concurrently and returns when all are ready. Processes that a killed JVM left in the directory are
     * killed first.
     *
     * @throws MissingServersException if any is not installed; none is started then
     * @throws dev.doorbuster.devservices.process.ProcessFailedException if one does not start; none is running then
     */
    public Servers start() {
        Binaries binaries = Binaries.ofThisMachine();
        Set<ServerKind> missing = binaries.missing(starts.keySet());
        if (!missing.isEmpty()) {
            throw new MissingServersException(EnumSet.copyOf(missing));
        }
        return Servers.start(ServerHome.at(directory, binaries, machine), starts, listener);
    }
}
