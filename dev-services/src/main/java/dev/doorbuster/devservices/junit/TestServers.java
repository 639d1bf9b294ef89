package dev.doorbuster.devservices.junit;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servers with disposable data: started at first use, killed at the end. */
final class TestServers {
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
        try {
            Path target = Path.of("target");
            Path directory = Files.isDirectory(target)
                    ? Files.createTempDirectory(Files.createDirectories(target.resolve("dev-services")), "run-")
                    : Files.createTempDirectory("doorbuster-");
            // With execute permission for PostgreSQL's account, when the tests run as root.
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
