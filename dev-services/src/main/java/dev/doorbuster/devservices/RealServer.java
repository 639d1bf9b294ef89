package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ManagedProcess;
import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import dev.doorbuster.devservices.support.Directories;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A running server: its address, and faults to inject. All methods block, each with a limit. */
public abstract class RealServer {
    /** A minimal system may have no /etc/hosts to resolve localhost. */
    public static final String LOOPBACK = "127.0.0.1";

    private final ServerKind kind;
    private final Path folder;
    private final int port;
    private final ManagedProcess process;

    public RealServer(ServerKind kind, Path folder, int port, ManagedProcess process) {
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

    /** Unchanged by restarts. */
    public final int port() {
        return port;
    }

    /** All ports it listens on. */
    public List<Integer> ports() {
        return List.of(port);
    }

    public final long pid() {
        return process.pid();
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    /** Crashes it: SIGKILL to the server and its processes. */
    public final void kill() {
        process.kill();
    }

    /** Restarts it with the same port and data, after stopping it if it runs. Returns when it is ready. */
    public void restart() {
        process.restart();
    }

    /** Suspends it: SIGSTOP to the server and its processes. Its connections stay open without replies. */
    public final void pause() {
        process.pause();
    }

    /** Resumes it after {@link #pause()}. */
    public final void resume() {
        process.resume();
    }

    /** Stops it orderly; its data stays. */
    public void stop() {
        process.stop();
    }

    /** Kills it and deletes its data. */
    final void discard() {
        discardProcesses();
        Directories.delete(folder());
    }

    public void discardProcesses() {
        process.kill();
    }

    /** Its data folder; for PostgreSQL not always in the requested directory. */
    public final Path folder() {
        return folder;
    }

    /** Registers a listener for each end of the server; see {@link ManagedProcess#onExit}. */
    public final void onExit(Consumer<ProcessExit> listener) {
        process.onExit(listener);
    }

    /** The variables by which a service finds the server: its address, and a user and password if it has users. */
    public Map<String, String> variables() {
        return addressVariables("DOORBUSTER_" + kind.name());
    }

    protected final Map<String, String> addressVariables(String prefix) {
        var variables = new HashMap<String, String>();
        variables.put(prefix + "_HOST", host());
        variables.put(prefix + "_PORT", Integer.toString(port));
        return variables;
    }

    @Override
    public final String toString() {
        return name() + " at " + host() + ":" + port;
    }
}
