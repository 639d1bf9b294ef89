package dev.doorbuster.devservices.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every process of this JVM that runs, so that the end of the JVM is their end too, in bounded time. */
final class LiveProcesses {
    /** For the orderly stop of each rank; then everything left is killed. */
    private static final Duration RANK_TIMEOUT = Duration.ofSeconds(6);

    private static final Map<Process, ManagedProcess> LIVE = new ConcurrentHashMap<>();
    private static volatile boolean closing;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LiveProcesses::endAll, "end-child-processes"));
    }

    private LiveProcesses() {}

    /** @throws IllegalStateException when the JVM is about to end: what starts now would be missed */
    static void add(Process process, ManagedProcess managed) {
        LIVE.put(process, managed);
        if (closing) {
            process.destroyForcibly();
            throw new IllegalStateException("the JVM is ending, " + managed.name() + " is not started");
        }
    }

    static void remove(Process process) {
        LIVE.remove(process);
    }

    /** True once the JVM is ending: who waits for a start gives up, or the stop would have to wait for him. */
    static boolean isClosing() {
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
