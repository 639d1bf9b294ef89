package dev.doorbuster.devservices.process;

import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.LiveProcesses;
import dev.doorbuster.devservices.process.record.PidFile;
import dev.doorbuster.devservices.process.record.PidFiles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process with injectable faults and restart: {@link #restart()} starts the same command in the same directory,
 * whatever happened before. All methods block, each with a limit, and may be called from any thread.
 */
public final class ManagedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedProcess.class);
    private static final Duration SUSPENSION_MAX = Duration.ofSeconds(2);

    private final ProcessSpec spec;
    private final PidFiles pidFiles;
    private final List<Consumer<ProcessExit>> exitListeners = new CopyOnWriteArrayList<>();
    private volatile Incarnation current;
    private boolean paused;

    private ManagedProcess(ProcessSpec spec, PidFiles pidFiles) {
        this.spec = spec;
        this.pidFiles = pidFiles;
    }

    /**
     * Starts the process and waits until it is ready.
     *
     * @throws ProcessFailedException if it ends early or is not ready in time; it is not running then
     */
    public static ManagedProcess start(ProcessSpec spec, PidFiles pidFiles) {
        ManagedProcess managed = new ManagedProcess(spec, pidFiles);
        managed.launch();
        return managed;
    }

    public String name() {
        return spec.name();
    }

    /** The pid of the current or last incarnation. */
    public long pid() {
        return current.process().pid();
    }

    public boolean isAlive() {
        return current.process().isAlive();
    }

    public int stopRank() {
        return spec.stop().rank();
    }

    /** Called on a separate thread after each end of the process, if it had been ready; may restart it. */
    public void onExit(Consumer<ProcessExit> listener) {
        exitListeners.add(listener);
    }

    /**
     * Simulates a crash of the process and its children with SIGKILL: nothing is flushed. Does not wait for a concurrent start
     * or stop, which then finds the process dead.
     */
    public void kill() {
        current.kill();
    }

    /**
     * Suspends it (SIGSTOP): its connections stay open and nothing is answered. Waits until its threads have stopped, which
     * otherwise may answer one more request.
     */
    public synchronized void pause() {
        ProcessTree tree = current.tree();
        tree.signal("STOP");
        paused = true;
        if (!tree.awaitSuspension(SUSPENSION_MAX)) {
            LOG.warn("{} is not suspended after {} ms", name(), SUSPENSION_MAX.toMillis());
        }
    }

    /** Resumes it after {@link #pause()}. */
    public synchronized void resume() {
        if (paused) {
            current.tree().signal("CONT");
            paused = false;
        }
    }

    /** Stops it, and kills it after the stop rule's timeout. No effect if it has ended. */
    public synchronized void stop() {
        if (isAlive()) {
            resume();
            current.stop();
        }
    }

    /** Stops it if it runs, and starts the same command again, with the same ports and data. */
    public synchronized void restart() {
        stop();
        launch();
    }

    private synchronized void launch() {
        paused = false;
        Incarnation started = Incarnation.launch(spec);
        current = started;
        try {
            LiveProcesses.add(started.process(), this);
            watch(started, pidFiles.record(name(), pid()));
        } catch (RuntimeException failure) {
            started.kill();
            throw failure;
        }
        started.awaitReady();
    }

    /** On a separate thread: a slow listener must not delay the events of other processes. */
    private void watch(Incarnation watched, PidFile entry) {
        Thread watcher = new Thread(
                () -> {
                    ProcessExit exit = watched.awaitExit();
                    LiveProcesses.remove(watched.process());
                    pidFiles.erase(entry);
                    // A failed start is reported to its caller by an exception; listeners are for later ends.
                    if (watched.hasBeenReady()) {
                        tell(exit);
                    }
                },
                "watch-" + name());
        watcher.setDaemon(true);
        watcher.start();
    }

    private void tell(ProcessExit exit) {
        for (Consumer<ProcessExit> listener : exitListeners) {
            try {
                listener.accept(exit);
            } catch (RuntimeException e) {
                LOG.warn("an exit listener of {} failed", name(), e);
            }
        }
    }

    /**
     * A process has ended.
     *
     * @param exitCode as in the shell: 128 + the signal's number after a signal
     * @param stopped true after {@link ManagedProcess#stop()}; false for all ends that a supervisor should handle, {@link
     *     ManagedProcess#kill()} included
     */
    public record ProcessExit(String name, long pid, int exitCode, boolean stopped) {}
}
