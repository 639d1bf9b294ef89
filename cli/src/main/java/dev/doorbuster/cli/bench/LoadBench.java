package dev.doorbuster.cli.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.doorbuster.cli.bench.client.LoadClientMain;
import dev.doorbuster.cli.bench.client.LoadResult;
import dev.doorbuster.cli.bench.client.LoadResult.StatusAnswers;
import dev.doorbuster.cli.bench.client.LoadSpec;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.WorkerProcess;
import dev.doorbuster.cli.system.plan.ServiceProgram;
import dev.doorbuster.crowd.client.SaleVerification;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads the system and the bare server alternately with the same client, and computes the CPU cost of a request per
 * process.
 */
public final class LoadBench implements AutoCloseable {
    static final String BARE = "bare server";
    public static final String CLIENT = "client";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> CLIENT_JVM_OPTIONS = List.of("-Xmx512m");
    /** With the services' compiler, so that a request costs both the same kind of code. */
    private static final List<String> BARE_JVM_OPTIONS = List.of(ServiceProgram.COMPILER_OPTION, "-Xmx256m");
    /** The bare server ignores the buyer. */
    private static final int BARE_BUYERS_MAX = 10_000;

    /** Jars, logs and pipes of the client. */
    private static final int OTHER_FILES_MAX = 256;

    private static final Duration PREPARED_MAX = Duration.ofSeconds(60);
    private static final Duration ENDED_MAX = Duration.ofSeconds(60);
    private static final Duration STARTED_MAX = Duration.ofSeconds(30);

    private final Distribution distribution;
    private final Path log;
    private final WorkerProcess client;
    private final WorkerProcess bare;
    private final int barePort;
    private final BenchRun run;
    private int runs;

    LoadBench(Distribution distribution, BenchRun run) {
        this.run = run;
        this.distribution = distribution;
        this.log = distribution.state().resolve("bench").resolve("load.log");
        this.client = WorkerProcess.start(
                CLIENT,
                distribution.java("cli", LoadClientMain.class.getName(), CLIENT_JVM_OPTIONS, List.of()),
                Map.of(),
                log);
        this.bare = startBare();
        this.barePort = bare.receive(STARTED_MAX).get("port").asInt();
    }

    private WorkerProcess startBare() {
        return WorkerProcess.start(
                BARE, distribution.java("cli", BareServer.class.getName(), BARE_JVM_OPTIONS, List.of()), Map.of(), log);
    }

    /** Connections that the limit of open files allows the client, which inherits it; else unlimited. */
    static int connectionsMax() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount() - OTHER_FILES_MAX)
                : Integer.MAX_VALUE;
    }

    /** Start-up time in seconds of another bare server. */
    double bareStartSeconds() {
        long began = System.nanoTime();
        try (WorkerProcess another = startBare()) {
            int unused = another.receive(STARTED_MAX).get("port").asInt();
            return (System.nanoTime() - began) / NANOS_PER_SECOND;
        }
    }

    /** A load specification without its target. */
    record Load(
            int connections,
            double seconds,
            long requestsMax,
            double perSecond,
            boolean keys,
            int buyers,
            int expectedStatus) {
        private static final int CREATED = 201;
        private static final int PER_CONNECTION_MAX = 2_000;
        private static final int PER_SECOND_MAX = 12_000;

        /** More buyers than requests, so that each request has a new buyer. */
        static Load closed(int connections, double seconds) {
            int perSecondMax = Math.min(PER_SECOND_MAX, connections * PER_CONNECTION_MAX);
            return new Load(connections, seconds, 0, 0, false, (int) (seconds * perSecondMax), CREATED);
        }

        /** A closed loop that ends after the given number of answers, each to a different buyer. */
        static Load upTo(int requestsMax, int connections, double secondsMax) {
            return new Load(connections, secondsMax, requestsMax, 0, false, requestsMax, CREATED);
        }

        /** An open loop with enough connections for the requests in flight. */
        static Load open(double perSecond, int connections, double seconds) {
            return new Load(connections, seconds, 0, perSecond, false, (int) (perSecond * seconds) + 1, CREATED);
        }

        Load withKeys() {
            return new Load(connections, seconds, requestsMax, perSecond, true, buyers, expectedStatus);
        }

        Load expecting(int status) {
            return new Load(connections, seconds, requestsMax, perSecond, keys, buyers, status);
        }

        boolean isOpenLoop() {
            return perSecond > 0;
        }

        @Override
        public String toString() {
            return isOpenLoop()
                    ? "%,.0f/s in an open loop".formatted(perSecond)
                    : "closed loop of %,d connections".formatted(connections);
        }
    }

    /**
     * Result of one load.
     *
     * @param expectedStatus of every answer; others are no result
     * @param per1000 CPU seconds for 1,000 expected answers by process name
     * @param clientCores processors used by the client during the load
     * @param otherCores processors used by other programs during the load
     */
    public record Cost(
            LoadResult result, int expectedStatus, Map<String, Double> per1000, double clientCores, double otherCores) {
        private static final double CLIENT_CORES_MAX = 0.9;

        /** Expected answers. */
        public StatusAnswers expected() {
            return result.status(expectedStatus);
        }

        public double expectedPerSecond() {
            return result.perSecond(expectedStatus);
        }

        public long unexpected() {
            return result.unexpected(expectedStatus);
        }

        /** Whether the client, which has one thread, may have limited the rate. */
        public boolean isClientBound() {
            return result.unsent() > 0 || clientCores > CLIENT_CORES_MAX;
        }

        /** Sum over all processes except the client. */
        public double servers() {
            return per1000.entrySet().stream()
                    .filter(of -> !of.getKey().equals(CLIENT))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    /** Loads the bare server. */
    Cost bare(Load load) {
        var few = new Load(
                load.connections(),
                load.seconds(),
                load.requestsMax(),
                load.perSecond(),
                load.keys(),
                Math.min(load.buyers(), BARE_BUYERS_MAX),
                Load.CREATED);
        return run(few, spec(few, List.of(barePort), List.of("bare"), "bare"), Map.of(bare.pid(), BARE));
    }

    /** Loads the system, and fails the run if an answer is not the expected one. */
    Cost onlyExpected(SystemUnderTest system, Load load, List<String> sales) {
        Cost cost = system(system, load, sales);
        if (cost.unexpected() > 0 || cost.expected().count() < load.requestsMax()) {
            run.fail(List.of("%s: of %,d requests %,d were not answered with %d: %s"
                    .formatted(
                            load,
                            cost.result().due(),
                            cost.unexpected(),
                            load.expectedStatus(),
                            cost.result().counts())));
        }
        return cost;
    }

    /** Loads the system. */
    Cost system(SystemUnderTest system, Load load, List<String> sales) {
        return run(load, spec(load, system.ports(), sales, system.jwtSecret()), system.processes());
    }

    private LoadSpec spec(Load load, List<Integer> ports, List<String> sales, String secret) {
        return new LoadSpec(
                ports,
                sales,
                secret,
                load.buyers(),
                "b" + System.currentTimeMillis() + "-" + runs++ + "-",
                load.keys(),
                load.connections(),
                load.requestsMax(),
                Math.round(load.seconds() * 1e3),
                load.perSecond());
    }

    private Cost run(Load load, LoadSpec spec, Map<Long, String> servers) {
        if (spec.connections() > connectionsMax()) {
            throw new IllegalStateException(
                    "the limit of open files allows the client %,d connections, not %,d: raise it (ulimit -n)"
                            .formatted(connectionsMax(), spec.connections()));
        }
        Map<Long, String> names = new HashMap<>(servers);
        names.put(client.pid(), CLIENT);
        client.send(spec);
        boolean ready = client.receive(PREPARED_MAX).get("ready").asBoolean();
        var before = Usage.now(names);
        LoadResult result = client.ask(ready, LoadResult.class, ENDED_MAX.plusMillis(spec.durationMs()));
        var after = Usage.now(names);
        long expected = result.status(load.expectedStatus()).count();
        return new Cost(
                result,
                load.expectedStatus(),
                per1000(before.seconds(), after.seconds(), expected),
                after.coresSince(before, CLIENT),
                after.otherCoresSince(before));
    }

    /** CPU seconds of the measured processes and of the whole machine at one moment. */
    private record Usage(long nanos, double machine, Map<String, Double> seconds) {
        static Usage now(Map<Long, String> names) {
            return new Usage(System.nanoTime(), ProcessUsage.machineCpuSeconds(), ProcessUsage.cpuSeconds(names));
        }

        double coresSince(Usage before, String name) {
            return cores(seconds.getOrDefault(name, 0.0) - before.seconds.getOrDefault(name, 0.0), before);
        }

        double otherCoresSince(Usage before) {
            return cores(machine - before.machine - total(seconds) + total(before.seconds), before);
        }

        private double cores(double used, Usage before) {
            return Math.max(0, used * NANOS_PER_SECOND / (nanos - before.nanos));
        }

        private static double total(Map<String, Double> seconds) {
            return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    static Map<String, Double> per1000(Map<String, Double> before, Map<String, Double> after, long answered) {
        Map<String, Double> per1000 = new HashMap<>();
        after.forEach((name, seconds) ->
                per1000.put(name, (seconds - before.getOrDefault(name, 0.0)) * 1000 / Math.max(1, answered)));
        return per1000;
    }

    /** Verifies and ends the sales; a verdict other than PASS fails the run. */
    void verify(SystemUnderTest system, List<String> sales) throws InterruptedException {
        for (String sale : sales) {
            SaleVerification verification = system.verify(sale);
            if (!verification.passed()) {
                run.fail(List.of("sale " + sale + " " + verification.verdict() + ": " + verification.json()));
            }
        }
    }

    @Override
    public void close() {
        client.close();
        bare.close();
    }
}
