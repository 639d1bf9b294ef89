package dev.doorbuster.devservices.junit;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.redis.RedisServer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real servers for the tests of a class: {@code @RegisterExtension static final RealServers servers = RealServers.of(REDIS);}
 *
 * <p>Servers of {@link #of} are started once per JVM, by the first class that needs them, and shared: a test must not kill them
 * and must expect data of other tests. Servers of {@link #ownOf} are used by one class only.
 */
public final class RealServers implements BeforeAllCallback, AfterAllCallback {
    private final Set<ServerKind> kinds;
    private final TestServers servers;
    private final boolean shared;

    private RealServers(Set<ServerKind> kinds, TestServers servers, boolean shared) {
        this.kinds = kinds;
        this.servers = servers;
        this.shared = shared;
    }

    /** Servers shared by all test classes of this JVM. */
    public static RealServers of(ServerKind first, ServerKind... more) {
        return new RealServers(EnumSet.of(first, more), TestServers.SHARED, true);
    }

    /** New servers for this class only, which may kill, pause and flush them. */
    public static RealServers ownOf(ServerKind first, ServerKind... more) {
        return new RealServers(EnumSet.of(first, more), new TestServers(), false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        servers.start(kinds);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!shared) {
            servers.discard();
        }
    }

    public RedisServer redis() {
        return (RedisServer) get(ServerKind.REDIS);
    }

    public MemcachedServer memcached() {
        return (MemcachedServer) get(ServerKind.MEMCACHED);
    }

    public RabbitServer rabbitmq() {
        return (RabbitServer) get(ServerKind.RABBITMQ);
    }

    public PostgresServer postgres() {
        return (PostgresServer) get(ServerKind.POSTGRES);
    }

    /** See {@link RealServer#variables()}. */
    public Map<String, String> variables() {
        var variables = new HashMap<String, String>();
        kinds.forEach(kind -> variables.putAll(get(kind).variables()));
        return variables;
    }

    public RealServer get(ServerKind kind) {
        if (!kinds.contains(kind)) {
            throw new IllegalStateException("this class requested " + kinds + ", not " + kind);
        }
        return servers.get(kind);
    }
}
