package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.WorkerProcess;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Servers, and worker processes that measure variants of one part of the system with them. */
final class PartWorkers implements AutoCloseable {
    static final String WORKERS = "workers";
    private static final String MAIN = "dev.doorbuster.benchmarks.BenchmarkWorker";
    private static final List<String> JVM_OPTIONS = List.of("-Xmx384m");
    private static final Duration STARTED_MAX = Duration.ofSeconds(90);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(150);
    /** Stock of the workers' sales: more than any run sells. */
    private static final long STOCK = 100_000_000;

    private final Servers servers;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Map<Long, String> names = new HashMap<>();

    private PartWorkers(Servers servers) {
        this.servers = servers;
        servers.all().forEach(server -> names.put(server.pid(), server.name()));
    }

    /** Starts the workers and waits until they are connected. */
    static PartWorkers start(Distribution distribution, String part, int processes, ServerKind... kinds) {
        Path folder = distribution.state().resolve("bench").resolve("servers");
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

    private record WorkerAnswer(long done, double seconds, double p50Ms, double p99Ms, long conflicts, long left) {}

    /**
     * Combined result of several processes.
     *
     * @param sold units sold during the run
     * @param per1000 CPU seconds for 1,000 elements, by server, and of all workers
     */
    record PartResult(
            double perSecond,
            double p50Ms,
            double p99Ms,
            double conflictsPerElement,
            long done,
            long sold,
            Map<String, Double> per1000) {}

    /** Runs a variant on a new sale in the given number of processes. */
    PartResult measure(String variant, int processes, double seconds) {
        String sale = SaleId.random(ThreadLocalRandom.current()).value();
        WorkerProcess first = workers.get(0);
        WorkerAnswer unused = first.ask(new WorkerTask("OPEN", variant, sale, 0), WorkerAnswer.class, ANSWER_MAX);
        Map<String, Double> before = ProcessUsage.cpuSeconds(names);
        List<WorkerProcess> busy = workers.subList(0, processes);
        busy.forEach(worker -> worker.send(new WorkerTask("RUN", variant, sale, seconds)));
        List<WorkerAnswer> answers = busy.stream()
                .map(worker -> worker.receive(WorkerAnswer.class, ANSWER_MAX))
                .toList();
        Map<String, Double> after = ProcessUsage.cpuSeconds(names);
        WorkerAnswer closed = first.ask(new WorkerTask("CLOSE", variant, sale, 0), WorkerAnswer.class, ANSWER_MAX);
        return outcome(answers, STOCK - closed.left(), before, after);
    }

    private static PartResult outcome(
            List<WorkerAnswer> answers, long sold, Map<String, Double> before, Map<String, Double> after) {
        long done = answers.stream().mapToLong(WorkerAnswer::done).sum();
        long conflicts = answers.stream().mapToLong(WorkerAnswer::conflicts).sum();
        return new PartResult(
                answers.stream()
                        .mapToDouble(each -> each.done() / each.seconds())
                        .sum(),
                answers.stream().mapToDouble(WorkerAnswer::p50Ms).max().orElse(0),
                answers.stream().mapToDouble(WorkerAnswer::p99Ms).max().orElse(0),
                (double) conflicts / Math.max(1, done),
                done,
                sold,
                LoadBench.per1000(before, after, done));
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
        servers.discard();
    }
}
