package dev.doorbuster.devservices.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process, its faults on demand, and its return: whatever happened to it, {@link #restart()} starts the same command
 * in the same directory again. All methods block, each with a limit, and may be called from any thread.
 */
public final class ManagedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedProcess.class);

    private final ProcessSpec spec;
    private final ProcessLedger ledger;
    private final List<Consumer<ProcessExit>> exitListeners = new CopyOnWriteArrayList<>();
    private volatile Incarnation current;
    private boolean paused;

    private ManagedProcess(ProcessSpec spec, ProcessLedger ledger) {
        this.spec = spec;
        this.ledger = ledger;
    }

    /**
     * Starts the process and waits until it is ready.
     *
     * @throws ProcessFailedException when it ends early or is not ready in time; it does not run then
     */
    public static ManagedProcess start(ProcessSpec spec, ProcessLedger ledger) {
        ManagedProcess managed = new ManagedProcess(spec, ledger);
        managed.launch();
        return managed;
    }

    public String name() {
        return spec.name();
    }

    /** The pid of the present incarnation, or of the last one. */
    public long pid() {
        return current.process().pid();
    }

    public Path logFile() {
        return spec.logFile();
    }

    public boolean isAlive() {
        return current.process().isAlive();
    }

    int stopRank() {
        return spec.stop().rank();
    }

    /** Called after each end of the process once it had been ready, on a thread of its own; it may restart the process. */
    public void onExit(Consumer<ProcessExit> listener) {
        exitListeners.add(listener);
    }

    /**
     * Ends it, and all that it started, as a crash would: SIGKILL, nothing is flushed, nobody is told. Waits for no start or
     * stop that may be going on in another thread: that one finds the process dead.
     */
    public void kill() {
        current.kill();
    }

    /** Stops it in the middle of whatever it does (SIGSTOP): it keeps its connections and answers nothing. */
    public synchronized void pause() {
        current.tree().signal("STOP");
        paused = true;
    }

    /** Lets it go on after {@link #pause()}. */
    public synchronized void resume() {
        if (paused) {
            current.tree().signal("CONT");
            paused = false;
        }
    }

    /** Asks it to end, and kills it when that takes longer than its stop rule allows. Does nothing when it has ended. */
    public synchronized void stop() {
        if (isAlive()) {
            resume();
            current.stop();
        }
    }

    /** Stops it if it still runs, and starts it again: the same command, hence the same ports and data. */
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
            watch(started, ledger.record(name(), pid()));
        } catch (RuntimeException nobodyWouldKnowOfIt) {
            started.kill();
            throw nobodyWouldKnowOfIt;
        }
        started.awaitReady();
    }

    /** On a thread of its own: a listener may take its time, and must not hold up the news of another process. */
    private void watch(Incarnation watched, LedgerEntry entry) {
        Thread watcher = new Thread(
                () -> {
                    ProcessExit exit = watched.awaitExit();
                    LiveProcesses.remove(watched.process());
                    ledger.erase(entry);
                    // A start that failed is told to its caller, by an exception; the listeners are for later.
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
                LOG.warn("a listener to the end of {} failed", name(), e);
            }
        }
    }
}
