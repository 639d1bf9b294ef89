package dev.doorbuster.devservices.process;

import dev.doorbuster.devservices.process.record.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A process with all its descendants: PostgreSQL's backends, Redis's rewriting child, Erlang's port programs. */
public record ProcessTree(List<ProcessHandle> members) {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final long SHELL_TIMEOUT_SECONDS = 5;

    /** The current tree, root first. */
    public static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(
                Stream.concat(Stream.of(root), root.descendants()).toList());
    }

    /**
     * Sends a signal that Java cannot send to all; those that have just ended are ignored. Uses the shell's builtin {@code
     * kill}: minimal systems have no other.
     */
    public void signal(String signal) {
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "for p in \"$@\"; do kill -s \"$0\" \"$p\" 2>/dev/null; done; true", signal));
        members.forEach(member -> command.add(Long.toString(member.pid())));
        try {
            Process shell = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!shell.waitFor(SHELL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new IllegalStateException("no shell to send " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until no thread of a live member runs, after SIGSTOP; returns whether that was so in time. */
    boolean awaitSuspension(Duration timeout) {
        return await(timeout, member -> isRunning(member) && !Fingerprint.isSuspended(member.pid()));
    }

    /** Kills the live ones, root first so that it cannot restart its children. Returns whether all ended in time. */
    public boolean kill(Duration timeout) {
        members.forEach(ProcessHandle::destroyForcibly);
        return awaitEnd(timeout);
    }

    /** Returns whether all ended in time. */
    public boolean awaitEnd(Duration timeout) {
        return await(timeout, ProcessTree::isRunning);
    }

    /** Waits until the condition to wait for holds for no member; returns whether that was so in time. */
    private boolean await(Duration timeout, Predicate<ProcessHandle> waitedFor) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<ProcessHandle> left = new ArrayList<>(members);
        while (true) {
            left.removeIf(waitedFor.negate());
            if (left.isEmpty()) {
                return true;
            }
            if (System.nanoTime() >= deadline || !Pause.of(POLL_INTERVAL)) {
                return false;
            }
        }
    }

    /** A zombie has ended: in a container it may never be reaped, and Java reports it as alive. */
    private static boolean isRunning(ProcessHandle handle) {
        return handle.isAlive() && !isZombie(handle);
    }

    private static boolean isZombie(ProcessHandle handle) {
        Optional<String> fingerprint = Fingerprint.of(handle.pid());
        return fingerprint.isEmpty() && handle.info().startInstant().isPresent();
    }

    /** The wait between two probes of a process. */
    static final class Pause {
        private Pause() {}

        /** False if interrupted; the caller stops waiting, and the thread stays interrupted. */
        static boolean of(Duration duration) {
            try {
                Thread.sleep(duration.toMillis());
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
