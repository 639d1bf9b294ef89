package dev.doorbuster.systemtests.mutants;

import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.chaos.ChaosMachine;
import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.chaos.fault.FaultKind.Group;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.process.ProcessFailedException;
import dev.doorbuster.systemtests.TestSystem;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One instance of each service, restarted for each mutant; the servers keep running. */
final class MutatedSystem implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(5);

    private final Distribution distribution;
    private final Overlay overlay;
    private final RunningSystem system;
    private List<Patch> worn = List.of();
    private int trials;

    MutatedSystem(Topology topology) {
        Distribution built = TestSystem.distribution("mutants-" + topology.label());
        distribution = built.withOverlay(built.state().resolve("overlay"));
        overlay = new Overlay(distribution);
        system = RunningSystem.start(
                distribution,
                distribution.state(),
                new SystemPlan(1, 1, 1, false, topology),
                ServiceNetwork.proxied(),
                machine(distribution, topology),
                line -> {});
    }

    /** Disks and clocks of several servers are not disturbed here. */
    private static HostMachine machine(Distribution distribution, Topology topology) {
        Set<FaultKind> kinds = FaultKind.all(
                topology,
                kind -> topology == Topology.SINGLE
                        && kind.group() != Group.PROCESSES
                        && kind.group() != Group.NETWORK);
        return ChaosMachine.of(distribution.state(), kinds, kinds, line -> {}).machine();
    }

    /** Restarts the services with exactly these changes. */
    void apply(List<Patch> patches) {
        overlay.put(patches);
        List<RunningService> changed = system.services().stream()
                .filter(service -> !of(service, patches).equals(of(service, worn)))
                .toList();
        changed.forEach(service -> service.process().kill());
        changed.parallelStream().forEach(MutatedSystem::start);
        worn = List.copyOf(patches);
    }

    /** Restarts a service that failed to start in time, as a supervisor does. */
    private static void start(RunningService service) {
        await().pollInSameThread()
                .atMost(START_MAX)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(ProcessFailedException.class)
                .until(() -> {
                    service.process().restart();
                    return true;
                });
    }

    private static List<Patch> of(RunningService service, List<Patch> patches) {
        return patches.stream()
                .filter(patch -> service.name().startsWith(patch.service()))
                .toList();
    }

    /** Runs the scenarios in sequence and judges the result. */
    Findings run(List<Scenario> scenarios, Duration verdictMax) throws InterruptedException {
        try (var trial = new Trial(system, distribution.state(), "trial-" + ++trials, verdictMax)) {
            for (Scenario scenario : scenarios) {
                scenario.run(trial);
            }
            return trial.judged();
        }
    }

    @Override
    public void close() {
        system.discard();
    }
}
