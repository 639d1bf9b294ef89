package dev.doorbuster.devservices.redis;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.OneShot;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Redis. Acknowledged writes survive {@link #kill()}: each is in the append-only file before its reply is sent. */
public final class RedisServer extends RealServer {
    /** Without it, freeing the reservations of a sale blocks all others: 0.1 s for 200,000 orders. */
    private static final String FREE_IN_BACKGROUND = "lazyfree-lazy-expire";

    private static final int REPLICA_LAG_SECONDS_MAX = 3;

    private final Runnable beforeRestart;

    private RedisServer(Path folder, int port, ManagedProcess process, Runnable beforeRestart) {
        super(ServerKind.REDIS, folder, port, process);
        this.beforeRestart = beforeRestart;
    }

    public static RedisServer start(ServerHome home) {
        return Ports.retryingOnConflict(() -> start(home, ServerKind.REDIS.label(), Ports.free(), List::of));
    }

    /**
     * One node of several, master or replica.
     *
     * @param masterPort at which others reach the master at each start
     */
    static RedisServer startNode(ServerHome home, String name, int port, IntSupplier masterPort) {
        NodeNetwork network = home.machine().network(ServerKind.REDIS);
        int announced = network.port(name, port);
        return start(home, name, port, () -> {
            var settings = new ArrayList<>(List.of(
                    "min-replicas-to-write 1",
                    "min-replicas-max-lag " + REPLICA_LAG_SECONDS_MAX,
                    "repl-diskless-sync-delay 0"));
            if (network.isProxied()) {
                settings.add("replica-announce-ip " + LOOPBACK);
                settings.add("replica-announce-port " + announced);
                settings.add("bind-source-addr " + network.source(name));
            }
            int master = masterPort.getAsInt();
            if (master != announced) {
                settings.add("replicaof " + LOOPBACK + " " + master);
            }
            return settings;
        });
    }

    /** @param replication settings at each start; in a file, which sentinels rewrite */
    private static RedisServer start(ServerHome home, String name, int port, Supplier<List<String>> replication) {
        Path program = home.binaries().redis().orElseThrow();
        Path folder = home.volume(name);
        Path configuration = folder.resolve("redis.conf");
        Runnable preparing = () -> {
            repair(home, name, folder);
            var lines = new ArrayList<>(settings(port));
            lines.addAll(replication.get());
            UncheckedIo.run(() -> Files.write(configuration, lines));
        };
        preparing.run();
        ProcessSpec spec = home.spec(name, folder, List.of(program.toString(), configuration.toString()))
                .withReady(pid -> isReady(port, pid));
        return new RedisServer(folder, port, ManagedProcess.start(spec, home.pidFiles()), preparing);
    }

    /**
     * Cuts the append-only file off at its first bad place. Redis 7 and 8 leave zeros in a file that was written to while the
     * disk was full, and refuse to start with it; what is lost, the services count anew from the ledger.
     */
    private static void repair(ServerHome home, String name, Path folder) {
        Path manifest = folder.resolve("appendonlydir").resolve("appendonly.aof.manifest");
        if (Files.exists(manifest)) {
            Path program = home.binaries().redisCheck().orElseThrow();

            OneShot.run(
                    home.spec(name + "-check", folder, List.of(program.toString(), "--fix", manifest.toString())),
                    "y\n");
        }
    }

    private static List<String> settings(int port) {
        return List.of(
                "port " + port,
                "bind " + LOOPBACK,
                "save \"\"",
                "appendonly yes",
                "appendfsync everysec",
                FREE_IN_BACKGROUND + " yes");
    }

    /** Restarts in its current role: a former master starts as a replica of the new one. */
    @Override
    public void restart() {
        stop();
        beforeRestart.run();
        super.restart();
    }

    /** Whether this many replicas are in sync. */
    boolean hasReplicas(int count) throws IOException {
        try (LineConnection connection = new LineConnection(port())) {
            String bulkLength = connection.ask("INFO replication");
            return bulkLength.startsWith("$")
                    && connection.readUntil("role:").equals("master")
                    && connection.readUntil("min_slaves_good_slaves:").equals(Integer.toString(count));
        }
    }

    /** PONG is sent only when the data is loaded; the process id excludes another Redis on the same port. */
    static boolean isReady(int port, long pid) throws IOException {
        try (LineConnection connection = new LineConnection(port)) {
            boolean loaded = connection.ask("PING").equals("+PONG");
            return loaded && isFrom(pid, connection);
        }
    }

    private static boolean isFrom(long pid, LineConnection connection) throws IOException {
        String bulkLength = connection.ask("INFO server");
        return bulkLength.startsWith("$") && connection.readUntil("process_id:").equals(Long.toString(pid));
    }

    /** Deletes all data (FLUSHALL) while it runs. */
    public void wipe() {
        String answer = LineConnection.dialogue(port(), "FLUSHALL", connection -> connection.ask("FLUSHALL"));
        if (!answer.equals("+OK")) {
            throw new IllegalStateException("FLUSHALL: " + answer);
        }
    }

    /** A value without line breaks; empty if missing. */
    public Optional<String> get(String key) {
        return LineConnection.dialogue(
                port(), "GET " + key, connection -> bulk(connection, connection.ask("GET " + key)));
    }

    /** The keys of a database that match the pattern, without line breaks. */
    public List<String> keys(int database, String pattern) {
        return LineConnection.dialogue(port(), "KEYS " + pattern, connection -> {
            String selected = connection.ask("SELECT " + database);
            if (!selected.equals("+OK")) {
                throw new IllegalStateException("SELECT: " + selected);
            }
            var keys = new ArrayList<String>();
            for (int left = Integer.parseInt(reply(connection.ask("KEYS " + pattern), "*")); left > 0; left--) {
                keys.add(bulk(connection, connection.readLine()).orElseThrow());
            }
            return keys;
        });
    }

    /** A hash without line breaks in fields and values; empty if missing. */
    public Map<String, String> hash(String key) {
        return LineConnection.dialogue(port(), "HGETALL " + key, connection -> {
            var fields = new LinkedHashMap<String, String>();
            int texts = Integer.parseInt(reply(connection.ask("HGETALL " + key), "*"));
            for (int i = 0; i < texts; i += 2) {
                String name = bulk(connection, connection.readLine()).orElseThrow();
                fields.put(name, bulk(connection, connection.readLine()).orElseThrow());
            }
            return fields;
        });
    }

    private static Optional<String> bulk(LineConnection connection, String length) throws IOException {
        return reply(length, "$").equals("-1") ? Optional.empty() : Optional.of(connection.readLine());
    }

    private static String reply(String line, String type) {
        if (!line.startsWith(type)) {
            throw new IllegalStateException("Redis answered " + line);
        }
        return line.substring(type.length());
    }
}
