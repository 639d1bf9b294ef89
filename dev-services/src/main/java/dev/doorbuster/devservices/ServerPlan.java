package dev.doorbuster.devservices;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which servers to start, where, and how. */
public final class ServerPlan {
    private final Path directory;
    private final Map<ServerKind, Function<ServerHome, ServerGroup>> starts = new EnumMap<>(ServerKind.class);
    private Consumer<Progress> listener = progress -> {};

    private ServerPlan(Path directory) {
        this.directory = directory;
    }

    /** No servers yet, in a directory that is theirs alone. Data found there is used again. */
    public static ServerPlan in(Path directory) {
        return new ServerPlan(directory);
    }

    /** Adds servers of the system, with their default options. */
    @CanIgnoreReturnValue
    public ServerPlan with(ServerKind... kinds) {
        for (ServerKind kind : kinds) {
            switch (kind) {
                case REDIS -> redis(RedisOptions.defaults());
                case MEMCACHED -> memcached(MemcachedOptions.defaults());
                case RABBITMQ -> rabbitmq(RabbitOptions.defaults());
                case POSTGRES -> postgres(PostgresOptions.defaults());
                case PROMETHEUS, REDIS_EXPORTER, POSTGRES_EXPORTER ->
                    throw new IllegalArgumentException(kind.label() + " has to be told what to watch");
                case BROWSER -> throw new IllegalArgumentException("the browser is no server: see Browser");
            }
        }
        return this;
    }

    @CanIgnoreReturnValue
    public ServerPlan redis(RedisOptions options) {
        starts.put(ServerKind.REDIS, home -> new SingleServer(RedisServer.start(home, options)));
        return this;
    }

    @CanIgnoreReturnValue
    public ServerPlan memcached(MemcachedOptions options) {
        starts.put(ServerKind.MEMCACHED, home -> new SingleServer(MemcachedServer.start(home, options)));
        return this;
    }

    @CanIgnoreReturnValue
    public ServerPlan rabbitmq(RabbitOptions options) {
        starts.put(ServerKind.RABBITMQ, home -> new SingleServer(RabbitServer.start(home, options)));
        return this;
    }

    @CanIgnoreReturnValue
    public ServerPlan postgres(PostgresOptions options) {
        starts.put(ServerKind.POSTGRES, home -> new SingleServer(PostgresServer.start(home, options)));
        return this;
    }

    /** Redis as a master and two replicas that three sentinels watch over. */
    @CanIgnoreReturnValue
    public ServerPlan redisWithSentinels(RedisOptions options) {
        starts.put(ServerKind.REDIS, home -> RedisFailover.start(home, options));
        return this;
    }

    /** Three Memcached of unequal weight. */
    @CanIgnoreReturnValue
    public ServerPlan memcachedServers(MemcachedOptions options) {
        starts.put(ServerKind.MEMCACHED, home -> MemcachedServers.start(home, options));
        return this;
    }

    /** RabbitMQ as a cluster of three. */
    @CanIgnoreReturnValue
    public ServerPlan rabbitmqCluster(RabbitOptions options) {
        starts.put(ServerKind.RABBITMQ, home -> RabbitCluster.start(home, options));
        return this;
    }

    /** PostgreSQL as a primary and a synchronous standby that takes its place. */
    @CanIgnoreReturnValue
    public ServerPlan postgresPair(PostgresOptions options) {
        starts.put(ServerKind.POSTGRES, home -> PostgresPair.start(home, options));
        return this;
    }

    /**
     * Prometheus.
     *
     * @param configuration the text of its file; it is not read from elsewhere, so files named in it need whole paths
     */
    @CanIgnoreReturnValue
    public ServerPlan prometheus(String configuration) {
        starts.put(ServerKind.PROMETHEUS, home -> new SingleServer(PrometheusServer.start(home, configuration)));
        return this;
    }

    /** What a Redis says of itself, for Prometheus. */
    @CanIgnoreReturnValue
    public ServerPlan exporterOf(RedisServer redis) {
        starts.put(ServerKind.REDIS_EXPORTER, home -> new SingleServer(MetricsExporter.of(redis, home)));
        return this;
    }

    /** What a PostgreSQL says of itself, for Prometheus. */
    @CanIgnoreReturnValue
    public ServerPlan exporterOf(PostgresServer postgres) {
        starts.put(ServerKind.POSTGRES_EXPORTER, home -> new SingleServer(MetricsExporter.of(postgres, home)));
        return this;
    }

    /** Is told of each step, from several threads. */
    @CanIgnoreReturnValue
    public ServerPlan onProgress(Consumer<Progress> newListener) {
        listener = newListener;
        return this;
    }

    /**
     * Starts them all side by side and returns when all are ready. What a killed JVM left running in the directory is ended
     * first.
     *
     * @throws MissingServersException when this machine lacks any of them; none is started then
     * @throws dev.doorbuster.devservices.process.ProcessFailedException when one does not start; none runs then
     */
    public Servers start() {
        Binaries binaries = Binaries.ofThisMachine();
        Set<ServerKind> missing = binaries.missing(starts.keySet());
        if (!missing.isEmpty()) {
            throw new MissingServersException(EnumSet.copyOf(missing));
        }
        return Servers.start(ServerHome.at(directory, binaries), starts, listener);
    }
}
