package dev.doorbuster.devservices.process.record;

import dev.doorbuster.devservices.process.ManagedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All running processes of this JVM, which are stopped when it exits, in limited time. */
public final class LiveProcesses {
    /** Limit of the orderly stop of each rank; then the rest is killed. */
    private static final Duration RANK_TIMEOUT = Duration.ofSeconds(6);

    private static final Map<Process, ManagedProcess> LIVE = new ConcurrentHashMap<>();
    private static volatile boolean closing;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LiveProcesses::endAll, "end-child-processes"));
    }

    private LiveProcesses() {}

    /**
     * Adds a process that must end with this JVM.
     *
     * @throws IllegalStateException if the JVM is exiting: a process started now would be missed
     */
    public static void add(Process process, ManagedProcess managed) {
        LIVE.put(process, managed);
        if (closing) {
            process.destroyForcibly();
            throw new IllegalStateException("the JVM is exiting, " + managed.name() + " is not started");
        }
    }

    public static void remove(Process process) {
        LIVE.remove(process);
    }

    /** True once the JVM is exiting: waits for a start are aborted, because the stop would wait for them. */
    public static boolean isClosing() {
        return closing;
    }

    private static void endAll() {
        closing = true;
        Map<Integer, List<ManagedProcess>> byRank = LIVE.values().stream()
                .collect(Collectors.groupingBy(
                        ManagedProcess::stopRank,
                        () -> new TreeMap<>(Comparator.<Integer>reverseOrder()),
                        Collectors.toList()));
        byRank.values().forEach(LiveProcesses::stopTogether);
        LIVE.values().forEach(ManagedProcess::kill);
    }

    private static void stopTogether(List<ManagedProcess> processes) {
        List<Thread> stopping = new ArrayList<>();
        for (ManagedProcess process : processes) {
            Thread thread = new Thread(process::stop, "stop-" + process.name());
            thread.setDaemon(true);
            thread.start();
            stopping.add(thread);
        }
        long deadline = System.nanoTime() + RANK_TIMEOUT.toNanos();
        for (Thread thread : stopping) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
