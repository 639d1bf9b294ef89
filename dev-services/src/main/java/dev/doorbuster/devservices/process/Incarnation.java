package dev.doorbuster.devservices.process;

import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import dev.doorbuster.devservices.process.ProcessTree.Pause;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.record.LiveProcesses;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a {@link ManagedProcess}. Its state is kept here because the event of its end may arrive when the next run has
 * already started.
 */
final class Incarnation {
    private static final Logger LOG = LoggerFactory.getLogger(Incarnation.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** SIGKILL cannot be ignored; covers a busy kernel only. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final ProcessSpec spec;
    private final LogMark mark;
    private final Process process;
    private final CompletableFuture<Boolean> becameReady = new CompletableFuture<>();
    private volatile boolean stopRequested;

    private Incarnation(ProcessSpec spec, LogMark mark, Process process) {
        this.spec = spec;
        this.mark = mark;
        this.process = process;
    }

    static Incarnation launch(ProcessSpec spec) {
        LogMark mark = LogMark.atEndOf(spec.logFile());
        return new Incarnation(spec, mark, Launcher.launch(spec, ProcessBuilder.Redirect.from(new File("/dev/null"))));
    }

    Process process() {
        return process;
    }

    /** All its current processes. */
    ProcessTree tree() {
        return ProcessTree.of(process.toHandle());
    }

    /** Returns when it is ready; otherwise it is killed. */
    void awaitReady() {
        boolean ready = false;
        try {
            pollUntilReady();
            ready = true;
        } finally {
            becameReady.complete(ready);
            if (!ready) {
                kill();
            }
        }
    }

    private void pollUntilReady() {
        long deadline = System.nanoTime() + spec.readyTimeout().toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw failed("it ended with status " + process.exitValue());
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
            return spec.ready().isReady(process.pid()) && process.isAlive();
        } catch (IOException notYet) {
            return false;
        }
    }

    private ProcessFailedException failed(String reason) {
        return new ProcessFailedException(spec.name(), reason, mark);
    }

    void stop() {
        stopRequested = true;
        ProcessTree tree = tree();
        new ProcessTree(List.of(process.toHandle())).signal(spec.stop().signal());
        if (!awaitEnd(spec.stop().timeout())) {
            LOG.info(
                    "{} did not end within {}, killing it",
                    spec.name(),
                    spec.stop().timeout());
        }
        // A process that ended orderly may have left children.
        kill(tree);
    }

    void kill() {
        kill(tree());
    }

    private void kill(ProcessTree tree) {
        boolean treeEnded = tree.kill(KILL_TIMEOUT);
        // Java notices the end a little later than the kernel, and isAlive() must be correct when this returns.
        if (!awaitEnd(KILL_TIMEOUT) || !treeEnded) {
            LOG.warn("{} (pid {}) survived SIGKILL", spec.name(), process.pid());
        }
    }

    private boolean awaitEnd(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for its end, without a limit. */
    ProcessExit awaitExit() {
        Process ended = process.onExit().join();
        return new ProcessExit(spec.name(), ended.pid(), ended.exitValue(), stopRequested);
    }

    /** Waits until it is decided whether it became ready. */
    boolean hasBeenReady() {
        return becameReady.join();
    }
}
