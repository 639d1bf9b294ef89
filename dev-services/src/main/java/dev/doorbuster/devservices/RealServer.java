package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.ProcessExit;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A running server, where to reach it, and the faults it can be made to have. All methods block, each with a limit. */
public abstract sealed class RealServer
        permits RedisServer,
                RedisSentinel,
                MemcachedServer,
                RabbitServer,
                PostgresServer,
                PrometheusServer,
                MetricsExporter {
    /** An address, not a name: a bare system may have no /etc/hosts to say what localhost is. */
    static final String LOOPBACK = "127.0.0.1";

    private final ServerKind kind;
    private final Path folder;
    private final int port;
    private final ManagedProcess process;

    RealServer(ServerKind kind, Path folder, int port, ManagedProcess process) {
        this.kind = kind;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    public final ServerKind kind() {
        return kind;
    }

    public final String name() {
        return process.name();
    }

    public final String host() {
        return LOOPBACK;
    }

    /** The same for its whole life, restarts included. */
    public final int port() {
        return port;
    }

    /** Everywhere it listens. */
    public List<Integer> ports() {
        return List.of(port);
    }

    public final long pid() {
        return process.pid();
    }

    public final Path logFile() {
        return process.logFile();
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    /** Crashes it: SIGKILL to the server and all its processes. */
    public final void kill() {
        process.kill();
    }

    /** Starts it again on the same port with the data it had, after stopping it if it still runs. Returns when it is ready. */
    public void restart() {
        process.restart();
    }

    /** Makes it hang: SIGSTOP to the server and all its processes. Its connections stay open and nothing answers. */
    public final void pause() {
        process.pause();
    }

    /** Ends the hang. */
    public final void resume() {
        process.resume();
    }

    /** Stops it in order; its data stays. */
    public void stop() {
        process.stop();
    }

    /** Ends it without ceremony and deletes its data. */
    final void discard() {
        discardProcesses();
        Directories.delete(folder());
    }

    void discardProcesses() {
        process.kill();
    }

    /** Where its data lies; PostgreSQL's is not always in the directory that was asked for. */
    public final Path folder() {
        return folder;
    }

    /** Tells of each end of the server from now on; see {@link ManagedProcess#onExit}. */
    public final void onExit(Consumer<ProcessExit> listener) {
        process.onExit(listener);
    }

    @Override
    public final String toString() {
        return name() + " at " + host() + ":" + port;
    }
}
