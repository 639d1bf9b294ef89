package dev.doorbuster.cli.demo;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.ProcessUsage;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemOptions;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.buyers.ClientWarmUp;
import dev.doorbuster.crowd.buyers.CrowdRun;
import dev.doorbuster.devservices.ServerKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: starts everything, sells two sales to simulated buyers, verifies both, stops everything. */
@Command(
        name = "demo",
        description = "Start everything, sell one Redis-backed and one Memcached-backed sale to a crowd, verify both,"
                + " stop everything. Exit status 0 only when both PASS.")
public final class DemoCommand extends ConsoleCommand {
    private static final int ROOM_NOTIFIERS_MIN = 2;
    /** Files and connections of a notifier or of a process of the crowd, beside the event streams of the buyers. */
    private static final int OTHER_FILES = 3_000;

    private static final int CONNECTIONS_PER_PROCESS_MAX = 50_000;
    /** The default of DOORBUSTER_SSE_SUBSCRIBERS_MAX. */
    private static final int STREAMS_PER_NOTIFIER = 10_000;

    private static final Duration WARM_UP_MAX = Duration.ofMinutes(1);

    @Option(names = "--stock", defaultValue = "1000", description = "Units of each sale. Default: ${DEFAULT-VALUE}.")
    private long stock;

    @Option(names = "--buyers", defaultValue = "20000", description = "Buyers of each sale. Default: ${DEFAULT-VALUE}.")
    private int buyers;

    @Option(names = "--rate", defaultValue = "2000", description = "Arrivals per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--repeat",
            defaultValue = "0.05",
            description = "Share of the buyers whose request comes twice at once, with the same key. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double repeat;

    @Option(
            names = "--lobby",
            defaultValue = "0",
            description =
                    "More than 0: one sale with a waiting room instead, with so many of its buyers before the opening."
                            + " Default: ${DEFAULT-VALUE}.")
    private int lobby;

    @Option(
            names = "--admit",
            defaultValue = "50",
            description = "Buyers that the waiting room admits per second. Default: ${DEFAULT-VALUE}.")
    private int admit;

    @Option(
            names = "--kill",
            description =
                    "Kill Redis, a notifier and an order-service while the waiting room admits, and start them again.")
    private boolean kill;

    @Mixin
    private SystemOptions options = new SystemOptions(1);

    @Option(
            names = "--wait",
            defaultValue = "60",
            description = "Seconds to wait for a verdict. Default: ${DEFAULT-VALUE}.")
    private int waitSeconds;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        install(ServerKind.OF_THE_SYSTEM);
        Distribution distribution = Distribution.current();
        SystemPlan plan = lobby > 0 ? options.plan().withNotifiers(roomNotifiers()) : options.plan();
        out.printf(
                "%nDoorbuster: %s of %,d units, %,d buyers each, %,d arrivals/s, %s%n%nStarting%n",
                lobby > 0 ? "1 sale" : "2 sales",
                stock,
                buyers,
                rate,
                lobby > 0 ? "%,d in the lobby".formatted(lobby) : "%.0f %% of them impatient".formatted(repeat * 100));
        out.flush();
        Vertx vertx = Vertx.vertx();
        Future<CrowdRun.Result> warm = ClientWarmUp.run(vertx);
        RunningSystem system =
                RunningSystem.start(distribution, distribution.state().resolve("demo"), plan, this::say);
        try {
            CrowdRun.Result unused =
                    warm.toCompletionStage().toCompletableFuture().get(WARM_UP_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return (lobby > 0 ? room(distribution, system, out) : sell(vertx, system, out)) ? 0 : 1;
        } finally {
            out.println("\nStopping");
            out.flush();
            system.discard();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private boolean room(Distribution distribution, RunningSystem system, PrintWriter out) throws Exception {
        var plan = new RoomDemo.Plan(
                stock, buyers, lobby, rate, admit, connectionsPerProcess(), kill, Duration.ofSeconds(waitSeconds));
        return new RoomDemo(distribution, system, plan, out).run();
    }

    private boolean sell(Vertx vertx, RunningSystem system, PrintWriter out) throws Exception {
        var plan = new DemoSale.Plan(stock, buyers, rate, repeat, Duration.ofSeconds(waitSeconds));
        var sale = new DemoSale(vertx, system, plan, out);
        boolean pass = true;
        for (String counter : List.of("redis", "memcached")) {
            pass &= sale.run(counter);
        }
        out.printf("%nFootprint%n");
        system.services().forEach(service -> printFootprint(service, out));
        out.printf("%n%s%n", pass ? "PASS: both sales sold exactly their stock, and every answer was true." : "FAIL");
        return pass;
    }

    /** Resident memory, as reported by the kernel, and start-up time. */
    private static void printFootprint(RunningService service, PrintWriter out) {
        String memory = ProcessUsage.residentMebibytes(service.process().pid())
                .map("%.0f MiB resident"::formatted)
                .orElse("memory not known on this system");
        out.printf("  %-18s %s, ready in %.1f s%n", service.name(), memory, service.readyMillis() / 1e3);
    }

    /** Each buyer of a waiting room keeps an event stream open. */
    private static int connectionsPerProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long most = system.getMaxFileDescriptorCount() - OTHER_FILES;
            if (most <= 0) {
                throw new IllegalArgumentException(
                        "a waiting room needs more open files than the %,d that a process may have: raise 'ulimit -n' to %d or more"
                                .formatted(most + OTHER_FILES, 2 * OTHER_FILES));
            }
            return (int) Math.min(CONNECTIONS_PER_PROCESS_MAX, most);
        }
        return CONNECTIONS_PER_PROCESS_MAX;
    }

    private int roomNotifiers() {
        int perNotifier = Math.min(STREAMS_PER_NOTIFIER, connectionsPerProcess());
        return Math.max(ROOM_NOTIFIERS_MIN, -Math.floorDiv(-buyers, perNotifier));
    }
}
