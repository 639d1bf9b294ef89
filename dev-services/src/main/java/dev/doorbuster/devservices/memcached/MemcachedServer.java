package dev.doorbuster.devservices.memcached;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.net.Ports;
import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ProcessSpec.Account;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Memcached. It is empty after every restart. */
public final class MemcachedServer extends RealServer {
    private final int weight;

    private MemcachedServer(Path folder, int port, ManagedProcess process, int weight) {
        super(ServerKind.MEMCACHED, folder, port, process);
        this.weight = weight;
    }

    public static MemcachedServer start(ServerHome home) {
        return start(home, ServerKind.MEMCACHED.label(), 1);
    }

    public static MemcachedServer start(ServerHome home, String name, int weight) {
        Path program = home.binaries().memcached().orElseThrow();
        Path folder = home.folder(name);
        return Ports.retryingOnConflict(() -> {
            int port = Ports.free();
            ProcessSpec spec = home.spec(name, folder, command(program, port))
                    .withAccount(account())
                    .withReady(pid -> isReady(port, pid));
            return new MemcachedServer(folder, port, ManagedProcess.start(spec, home.pidFiles()), weight);
        });
    }

    /**
     * Memcached refuses to run as root. Its option -u is not usable: a process that changes its own user loses its parent-death
     * signal.
     */
    private static Account account() {
        return Account.currentIsRoot() ? Account.UNPRIVILEGED : Account.CURRENT;
    }

    private static List<String> command(Path program, int port) {
        return List.of(
                program.toString(),
                "-l",
                LOOPBACK,
                "-p",
                Integer.toString(port),
                "-U",
                "0",
                "-m",
                "64",
                "-c",
                "1024",
                "-t",
                "2");
    }

    private static boolean isReady(int port, long pid) throws IOException {
        try (LineConnection connection = new LineConnection(port)) {
            return connection.ask("stats").equals("STAT pid " + pid);
        }
    }

    /** Its share relative to the other servers. */
    public int weight() {
        return weight;
    }

    /** Whether it has the key now. */
    public boolean has(String key) {
        return LineConnection.dialogue(
                port(), "get " + key, connection -> connection.ask("get " + key).startsWith("VALUE "));
    }

    /** Deletes all items (flush_all) while it runs. */
    public void wipe() {
        String answer = LineConnection.dialogue(port(), "flush_all", connection -> connection.ask("flush_all"));
        if (!answer.equals("OK")) {
            throw new IllegalStateException("flush_all: " + answer);
        }
    }

    /** All keys with this beginning that have not expired. */
    public List<String> keys(String prefix) {
        return LineConnection.dialogue(port(), "metadump", connection -> {
            var keys = new ArrayList<String>();
            for (String line = connection.ask("lru_crawler metadump all");
                    !line.equals("END");
                    line = connection.readLine()) {
                if (!line.startsWith("key=")) {
                    throw new IllegalStateException("metadump: " + line);
                }
                keys.add(URLDecoder.decode(line.substring("key=".length(), line.indexOf(' ')), StandardCharsets.UTF_8));
            }
            return keys.stream().filter(key -> key.startsWith(prefix)).toList();
        });
    }

    /** A number of the server's statistics, such as {@code curr_items}. */
    public long stat(String name) {
        String prefix = "STAT " + name + " ";
        return LineConnection.dialogue(port(), "stats", connection -> {
            for (String line = connection.ask("stats"); !line.equals("END"); line = connection.readLine()) {
                if (line.startsWith(prefix)) {
                    return Long.parseLong(line.substring(prefix.length()));
                }
            }
            throw new IllegalStateException("no statistics named " + name);
        });
    }

    /** A value without line breaks; empty if missing. */
    public Optional<String> get(String key) {
        return LineConnection.dialogue(
                port(),
                "get " + key,
                connection -> connection.ask("get " + key).startsWith("VALUE ")
                        ? Optional.of(connection.readLine())
                        : Optional.empty());
    }
}
