package dev.doorbuster.devservices.redis;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A process that monitors a Redis master, agrees with its peers that it is down, and promotes a replica. */
public final class RedisSentinel extends RealServer {
    /** The master's name in the sentinels' configuration. */
    public static final String MASTER_NAME = "doorbuster";

    private static final int QUORUM = 2;
    private static final int DOWN_AFTER_MILLIS = 1_000;

    /** Also the wait before a failed failover is retried. */
    private static final int FAILOVER_MILLIS_MAX = 5_000;

    private RedisSentinel(Path folder, int port, ManagedProcess process) {
        super(ServerKind.REDIS, folder, port, process);
    }

    static RedisSentinel start(ServerHome home, String name, int port, int masterPort) {
        Path program = home.binaries().redis().orElseThrow();
        Path folder = home.folder(name);
        Path configuration = folder.resolve("sentinel.conf");
        UncheckedIo.run(() -> {
            NodeNetwork network = home.machine().network(ServerKind.REDIS);
            String links = network.isProxied()
                    ? "sentinel announce-ip %s%nsentinel announce-port %d%nbind-source-addr %s%n"
                            .formatted(LOOPBACK, network.port(name, port), network.source(name))
                    : "";
            Files.writeString(configuration, configuration(folder, port, masterPort) + links);
        });
        // The sentinel rewrites this file with its state.
        var spec = home.spec(name, folder, List.of(program.toString(), configuration.toString(), "--sentinel"))
                .withReady(pid -> RedisServer.isReady(port, pid));
        return new RedisSentinel(folder, port, ManagedProcess.start(spec, home.pidFiles()));
    }

    private static String configuration(Path folder, int port, int masterPort) {
        return String.join(
                "\n",
                "port " + port,
                "bind " + LOOPBACK,
                "dir " + folder,
                "sentinel monitor %s %s %d %d".formatted(MASTER_NAME, LOOPBACK, masterPort, QUORUM),
                "sentinel down-after-milliseconds " + MASTER_NAME + " " + DOWN_AFTER_MILLIS,
                "sentinel failover-timeout " + MASTER_NAME + " " + FAILOVER_MILLIS_MAX,
                "sentinel parallel-syncs " + MASTER_NAME + " 2",
                "");
    }

    /** The master's port as seen by this sentinel; empty if it does not answer. */
    OptionalInt masterPort() {
        try (LineConnection connection = new LineConnection(port())) {
            String answer = connection.ask("SENTINEL get-master-addr-by-name " + MASTER_NAME);
            if (!answer.equals("*2")) {
                return OptionalInt.empty();
            }
            // Length and text of the host, then length and text of the port.
            for (int line = 0; line < 3; line++) {
                answer = connection.readLine();
            }
            return OptionalInt.of(Integer.parseInt(connection.readLine()));
        } catch (IOException silent) {
            return OptionalInt.empty();
        }
    }

    /** Makes a replica the master although the master is alive. Refused while a failover is under way. */
    void failOver() throws IOException {
        try (LineConnection connection = new LineConnection(port())) {
            String answer = connection.ask("SENTINEL FAILOVER " + MASTER_NAME);
            if (!answer.equals("+OK")) {
                throw new IOException("SENTINEL FAILOVER: " + answer);
            }
        }
    }

    /** Whether it knows a quorum of sentinels and this many replicas. */
    boolean knowsAll(int replicas) throws IOException {
        try (LineConnection connection = new LineConnection(port())) {
            boolean quorum = connection.ask("SENTINEL ckquorum " + MASTER_NAME).startsWith("+OK");
            String bulk = connection.ask("INFO sentinel");
            return quorum
                    && bulk.startsWith("$")
                    && connection.readUntil("master0:").contains("slaves=" + replicas);
        }
    }
}
