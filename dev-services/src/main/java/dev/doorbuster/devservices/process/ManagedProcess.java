package dev.doorbuster.devservices.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process, its faults on demand, and its return: whatever happened to it, {@link #restart()} starts the same command
 * in the same directory again. All methods block, each with a limit, and may be called from any thread.
 */
public final class ManagedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedProcess.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** SIGKILL cannot be refused; this only covers a kernel that is busy. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final ProcessSpec spec;
    private final ProcessLedger ledger;
    private final List<Consumer<ProcessExit>> exitListeners = new CopyOnWriteArrayList<>();
    private volatile Run run;
    private boolean paused;

    /** One incarnation. It has its own flags, for the news of its end may arrive when the next one already runs. */
    private static final class Run {
        final Process process;
        final LogMark mark;
        final CompletableFuture<Boolean> becameReady = new CompletableFuture<>();
        volatile boolean stopRequested;

        Run(Process process, LogMark mark) {
            this.process = process;
            this.mark = mark;
        }
    }

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
        return run.process.pid();
    }

    public Path logFile() {
        return spec.logFile();
    }

    public boolean isAlive() {
        return run.process.isAlive();
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
        Run current = run;
        end(current, ProcessTree.of(current.process.toHandle()));
    }

    /** Stops it in the middle of whatever it does (SIGSTOP): it keeps its connections and answers nothing. */
    public synchronized void pause() {
        ProcessTree.of(run.process.toHandle()).signal("STOP");
        paused = true;
    }

    /** Lets it go on after {@link #pause()}. */
    public synchronized void resume() {
        if (paused) {
            ProcessTree.of(run.process.toHandle()).signal("CONT");
            paused = false;
        }
    }

    /** Asks it to end, and kills it when that takes longer than its stop rule allows. Does nothing when it has ended. */
    public synchronized void stop() {
        if (!isAlive()) {
            return;
        }
        Run current = run;
        current.stopRequested = true;
        resume();
        ProcessHandle main = current.process.toHandle();
        ProcessTree tree = ProcessTree.of(main);
        Signals.send(spec.stop().signal(), List.of(main));
        if (!awaitEnd(current, spec.stop().timeout())) {
            LOG.info("{} did not end within {}, killing it", name(), spec.stop().timeout());
        }
        // A process that has ended in order may still have left a child of its own.
        end(current, tree);
    }

    /** Stops it if it still runs, and starts it again: the same command, hence the same ports and data. */
    public synchronized void restart() {
        stop();
        launch();
    }

    private void end(Run ending, ProcessTree tree) {
        boolean treeEnded = tree.kill(KILL_TIMEOUT);
        // Java learns of the end a little later than the kernel, and isAlive() must already tell the truth.
        if (!awaitEnd(ending, KILL_TIMEOUT) || !treeEnded) {
            LOG.warn("{} (pid {}) survived SIGKILL", name(), ending.process.pid());
        }
    }

    private static boolean awaitEnd(Run ending, Duration timeout) {
        try {
            return ending.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void launch() {
        paused = false;
        LogMark mark = LogMark.atEndOf(spec.logFile());
        Run started = new Run(Launcher.launch(spec, ProcessBuilder.Redirect.from(new File("/dev/null"))), mark);
        run = started;
        boolean ready = false;
        try {
            LiveProcesses.add(started.process, this);
            watch(started, ledger.record(name(), pid()));
            awaitReady();
            ready = true;
        } finally {
            started.becameReady.complete(ready);
            if (!ready) {
                kill();
            }
        }
    }

    /** On a thread of its own: a listener may take its time, and must not hold up the news of another process. */
    private void watch(Run watched, LedgerEntry entry) {
        Thread watcher = new Thread(
                () -> {
                    Process ended = watched.process.onExit().join();
                    LiveProcesses.remove(ended);
                    ledger.erase(entry);
                    // A start that failed is told to its caller, by an exception; the listeners are for later.
                    if (watched.becameReady.join()) {
                        tell(new ProcessExit(name(), ended.pid(), ended.exitValue(), watched.stopRequested));
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

    private void awaitReady() {
        long deadline = System.nanoTime() + spec.readyTimeout().toNanos();
        while (!isReady()) {
            if (!isAlive()) {
                throw failed("it ended with status " + run.process.exitValue());
            }
            if (System.nanoTime() >= deadline) {
                throw failed("not ready after " + spec.readyTimeout());
            }
            if (!Pause.of(POLL_INTERVAL) || LiveProcesses.isClosing()) {
                throw failed("interrupted");
            }
        }
    }

    private boolean isReady() {
        try {
            return spec.ready().isReady(pid()) && isAlive();
        } catch (IOException notYet) {
            return false;
        }
    }

    private ProcessFailedException failed(String reason) {
        return new ProcessFailedException(name(), reason, run.mark);
    }
}
