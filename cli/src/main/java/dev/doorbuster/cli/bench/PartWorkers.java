package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.WorkerProcess;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.crowd.history.Durations;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;

/** Servers, and worker processes that measure variants of one part of the system with them. */
final class PartWorkers implements AutoCloseable {
    static final String WORKERS = "workers";
    private static final String MAIN = "dev.doorbuster.benchmarks.BenchmarkWorker";
    private static final List<String> JVM_OPTIONS = List.of("-Xmx384m");
    private static final Duration STARTED_MAX = Duration.ofSeconds(90);
    /** In addition to the planned duration. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(90);
    /** Share of the run. */
    private static final double LONGEST_CALL_MAX = 1.0 / 3;

    /** Stock of the workers' sales: more than any run sells. */
    private static final long STOCK = 100_000_000;

    private final Servers servers;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Map<Long, String> names = new HashMap<>();

    private PartWorkers(Servers servers) {
        this.servers = servers;
        servers.all().forEach(server -> names.put(server.pid(), server.name()));
    }

    /** Of the servers. */
    static Path folder(Distribution distribution) {
        return distribution.state().resolve("bench").resolve("servers");
    }

    /** Starts the workers and waits until they are connected. */
    static PartWorkers start(Distribution distribution, String part, int processes, ServerKind... kinds) {
        Path folder = folder(distribution);
        var started = new PartWorkers(ServerPlan.in(folder).with(kinds).start());
        try {
            for (int i = 0; i < processes; i++) {
                WorkerProcess worker = WorkerProcess.start(
                        part + " worker " + i,
                        distribution.java("benchmarks", MAIN, JVM_OPTIONS, List.of(part)),
                        started.environment(List.of(kinds)),
                        folder.resolve("workers.log"));
                started.workers.add(worker);
                started.names.put(worker.pid(), WORKERS);
                var unused = worker.receive(STARTED_MAX);
            }
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private Map<String, String> environment(List<ServerKind> kinds) {
        var variables = new HashMap<String, String>();
        kinds.forEach(kind -> variables.putAll(servers.get(kind).variables()));
        return variables;
    }

    private record WorkerTask(String action, String variant, String sale, double seconds) {}

    record WorkerAnswer(long done, long doneInTime, Durations latency, long conflicts, long left) {}

    /**
     * Combined result of several processes.
     *
     * @param perSecond elements within the planned duration; later ones belong to fewer and fewer callers
     * @param p99Ms empty if a call took so much of the run that few calls decide it
     * @param done elements, also those done after the planned duration
     * @param sold units sold during the run
     * @param per1000 CPU seconds for 1,000 elements, by server, and of all workers
     */
    record PartResult(
            double perSecond,
            double p50Ms,
            OptionalDouble p99Ms,
            double conflictsPerElement,
            long done,
            long sold,
            Map<String, Double> per1000) {
        /** Says what is wrong unless exactly what was done was sold. */
        List<String> check(String variant) {
            return done == sold
                    ? List.of()
                    : List.of("%s is not exact: %d done, %d sold".formatted(variant, done, sold));
        }
    }

    /** Runs a variant on a new sale in the given number of processes. */
    PartResult measure(String variant, int processes, double seconds) {
        String sale = SaleId.random(ThreadLocalRandom.current()).value();
        WorkerProcess first = workers.get(0);
        WorkerAnswer unused = first.ask(new WorkerTask("OPEN", variant, sale, 0), WorkerAnswer.class, ANSWER_MAX);
        Map<String, Double> before = ProcessUsage.cpuSeconds(names);
        List<WorkerProcess> busy = workers.subList(0, processes);
        busy.forEach(worker -> worker.send(new WorkerTask("RUN", variant, sale, seconds)));
        List<WorkerAnswer> answers = busy.stream()
                .map(worker -> worker.receive(WorkerAnswer.class, ANSWER_MAX.plusSeconds((long) seconds)))
                .toList();
        Map<String, Double> after = ProcessUsage.cpuSeconds(names);
        WorkerAnswer closed = first.ask(new WorkerTask("CLOSE", variant, sale, 0), WorkerAnswer.class, ANSWER_MAX);
        return outcome(answers, seconds, STOCK - closed.left(), LoadBench.per1000(before, after, done(answers)));
    }

    static PartResult outcome(List<WorkerAnswer> answers, double seconds, long sold, Map<String, Double> per1000) {
        long done = done(answers);
        long inTime = answers.stream().mapToLong(WorkerAnswer::doneInTime).sum();
        long conflicts = answers.stream().mapToLong(WorkerAnswer::conflicts).sum();
        Durations latency = Durations.of(answers.stream().map(WorkerAnswer::latency));
        boolean shortCalls = latency.millis(1) <= seconds * 1e3 * LONGEST_CALL_MAX;
        return new PartResult(
                inTime / seconds,
                latency.millis(0.5),
                shortCalls ? OptionalDouble.of(latency.millis(0.99)) : OptionalDouble.empty(),
                (double) conflicts / Math.max(1, done),
                done,
                sold,
                per1000);
    }

    private static long done(List<WorkerAnswer> answers) {
        return answers.stream().mapToLong(WorkerAnswer::done).sum();
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
        servers.discard();
    }
}
