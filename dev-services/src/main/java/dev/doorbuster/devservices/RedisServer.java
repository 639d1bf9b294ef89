package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Redis. What it has answered survives {@link #kill()}: each write is in the append-only file before the reply goes out. */
public final class RedisServer extends RealServer {
    private RedisServer(Path folder, int port, ManagedProcess process) {
        super(ServerKind.REDIS, folder, port, process);
    }

    static RedisServer start(ServerHome home, RedisOptions options) {
        Path program = home.binaries().redis().orElseThrow();
        Path folder = home.folder(ServerKind.REDIS.label());
        return Ports.retryingOnConflict(() -> {
            int port = Ports.free();
            ProcessSpec spec = home.spec(ServerKind.REDIS.label(), folder, command(program, port, options))
                    .withReady(pid -> isReady(port, pid));
            return new RedisServer(folder, port, ManagedProcess.start(spec, home.ledger()));
        });
    }

    private static List<String> command(Path program, int port, RedisOptions options) {
        boolean append = options.persistence() != RedisOptions.Persistence.NONE;
        boolean always = options.persistence() == RedisOptions.Persistence.ALWAYS;
        return List.of(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                LOOPBACK,
                "--daemonize",
                "no",
                "--save",
                "",
                "--appendonly",
                append ? "yes" : "no",
                "--appendfsync",
                always ? "always" : "everysec");
    }

    /** PONG only comes when the data is loaded; the process id tells this Redis from another on the same port. */
    private static boolean isReady(int port, long pid) throws IOException {
        try (LineConnection connection = new LineConnection(port)) {
            boolean loaded = connection.ask("PING").equals("+PONG");
            return loaded && isFrom(pid, connection);
        }
    }

    private static boolean isFrom(long pid, LineConnection connection) throws IOException {
        String bulkLength = connection.ask("INFO server");
        return bulkLength.startsWith("$") && connection.readUntil("process_id:").equals(Long.toString(pid));
    }

    /** Forgets everything (FLUSHALL) while it runs. */
    public void wipe() {
        try (LineConnection connection = new LineConnection(port())) {
            String answer = connection.ask("FLUSHALL");
            if (!answer.equals("+OK")) {
                throw new IllegalStateException("FLUSHALL: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
