package dev.doorbuster.devservices.junit;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
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

    /** Servers with disposable data: started at first use, killed at the end. */
    private static final class TestServers {
        static final TestServers SHARED = new TestServers();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SHARED::discard, "discard-test-servers"));
        }

        private final Map<ServerKind, RealServer> running = new EnumMap<>(ServerKind.class);
        private final List<Servers> started = new ArrayList<>();

        synchronized void start(Set<ServerKind> kinds) {
            for (RealServer server : running.values()) {
                if (!server.isAlive()) {
                    throw new IllegalStateException(
                            server + " is dead; a test that kills a server needs RealServers.ownOf");
                }
            }
            Set<ServerKind> wanted = EnumSet.copyOf(kinds);
            wanted.removeAll(running.keySet());
            if (wanted.isEmpty()) {
                return;
            }
            Servers servers = ServerPlan.in(newDirectory())
                    .with(wanted.toArray(ServerKind[]::new))
                    .start();
            started.add(servers);
            servers.groups().forEach(group -> running.put(group.kind(), group.leader()));
        }

        synchronized RealServer get(ServerKind kind) {
            RealServer server = running.get(kind);
            if (server == null) {
                throw new IllegalStateException(kind + " is not started: is the extension in a static field?");
            }
            return server;
        }

        synchronized void discard() {
            started.forEach(Servers::discard);
            started.clear();
            running.clear();
        }

        /** In the module's target folder, so that logs of a failed test can be found and {@code clean} removes them. */
        private static Path newDirectory() {
            return UncheckedIo.get(() -> {
                Path target = Path.of("target");
                Path directory = Files.isDirectory(target)
                        ? Files.createTempDirectory(Files.createDirectories(target.resolve("dev-services")), "run-")
                        : Files.createTempDirectory("doorbuster-");
                // With execute permission for PostgreSQL's account, when the tests run as root.
                return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            });
        }
    }
}
