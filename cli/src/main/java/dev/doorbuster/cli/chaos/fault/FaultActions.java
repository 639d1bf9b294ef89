package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.process.ProcessFailedException;
import dev.doorbuster.devservices.redis.RedisFailover;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.devservices.support.Polling;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Injects and reverts faults in a running system and records both. Every method blocks until the system has
 * recovered.
 */
final class FaultActions {
    private static final int START_ATTEMPTS_MAX = 10;
    private static final long START_AGAIN_AFTER_MS = 1_000;
    private static final Duration SUCCESSION_MAX = Duration.ofSeconds(60);
    private static final Duration WHOLE_MAX = Duration.ofSeconds(90);

    private final ServiceNetwork network;
    private final Targets targets;
    private final HistoryRecorder history;
    private final Consumer<String> progress;
    private final RedisSnapshots snapshots;

    FaultActions(RunningSystem system, HistoryRecorder history, Consumer<String> progress) {
        this.network = system.network();
        this.targets = new Targets(system, history);
        this.history = history;
        this.progress = progress;
        this.snapshots =
                new RedisSnapshots(targets.group(FaultTarget.REDIS).nodes().get(0));
    }

    /** Prepares a fault that rolls a store back to the current state. */
    void prepare(PlannedFault fault) {
        snapshots.take(targets.leader(fault.kind().target()));
    }

    void happen(PlannedFault fault) throws InterruptedException {
        switch (fault.kind().action()) {
            case KILL ->
                toOne(fault, process -> {
                    process.kill().run();
                    awaitSuccessor(fault.kind(), process);
                    start(process.restart());
                });
            case STALL -> toOne(fault, process -> stall(process, fault.lengthMillis()));
            case RESTART -> toOne(fault, process -> start(process.restart()));
            case EMPTY -> toOne(fault, process -> start(() -> empty(fault.kind().target())));
            case FAIL_OVER ->
                written(
                        fault,
                        fault.target(),
                        () -> ((RedisFailover) targets.group(fault.kind().target())).failOver());
            case ROLL_BACK ->
                written(fault, fault.target(), () -> rollBack(fault.kind().target()));
            case PARTITION, ONE_WAY, HALF_OPEN, RESET, DELAY, THROTTLE, DRIP -> {
                String target = targets.linked(fault);
                written(fault, target, () -> disturb(fault, target));
            }
            case CLOSE_CONNECTIONS ->
                written(
                        fault,
                        fault.target(),
                        () -> closeConnections(fault.kind().target()));
            case ROLL -> {
                for (RunningService service : targets.services(fault.kind().target())) {
                    written(fault, service.name(), () -> start(service.process()::restart));
                }
            }
        }
    }

    private interface Action<T> {
        void to(T process) throws InterruptedException;
    }

    private void toOne(PlannedFault fault, Action<FaultyProcess> action) throws InterruptedException {
        FaultyProcess process = targets.process(fault);
        written(fault, process.name(), () -> action.to(process));
    }

    private interface Steps {
        void run() throws InterruptedException;
    }

    private void written(PlannedFault fault, String target, Steps steps) throws InterruptedException {
        progress.accept(
                "%s %s %s".formatted(fault.kind(), target, fault.detail()).stripTrailing());
        long began = history.now();
        String failure = null;
        try {
            steps.run();
            awaitWhole(fault.kind().target());
        } catch (RuntimeException e) {
            failure = e.toString();
            progress.accept("%s %s: %s".formatted(fault.kind(), target, failure));
        } finally {
            history.add(new FaultRecord(
                    fault.kind().toString(),
                    target,
                    fault.kind().effect(),
                    began,
                    history.now(),
                    fault.detail(),
                    failure));
        }
    }

    private static void stall(FaultyProcess process, long lengthMillis) throws InterruptedException {
        process.pause().run();
        try {
            // The duration of the fault itself.
            Thread.sleep(lengthMillis);
        } finally {
            process.resume().run();
        }
    }

    private void disturb(PlannedFault fault, String target) throws InterruptedException {
        Runnable heal = network.disturb(
                fault.kind().action().network().orElseThrow(),
                (service, server) -> target.equals(fault.kind().target().isService() ? service : server));
        try {
            // The duration of the fault itself.
            Thread.sleep(fault.lengthMillis());
        } finally {
            heal.run();
        }
    }

    private void empty(FaultTarget target) {
        ((RedisServer) targets.leader(target)).wipe();
    }

    /** Stops all followers that have newer data: one of them would become the next master. */
    private void rollBack(FaultTarget target) throws InterruptedException {
        List<RealServer> nodes = targets.group(target).nodes();
        RealServer leader = targets.leader(target);
        nodes.forEach(RealServer::kill);
        nodes.forEach(snapshots::restore);
        start(leader::restart);
        for (RealServer node : nodes) {
            if (node != leader) {
                start(node::restart);
            }
        }
    }

    private void closeConnections(FaultTarget target) {
        int unused = new BrokerAdmin(targets.group(target)).closeConnections();
    }

    /** Waits for a failover before the old leader restarts; otherwise it would simply continue to lead. */
    private void awaitSuccessor(FaultKind kind, FaultyProcess killed) {
        if (!kind.isOfLeader() || !kind.target().hasSuccession()) {
            return;
        }
        ServerGroup group = targets.group(kind.target());
        if (group.nodes().size() > 1) {
            Polling.until(
                    "a failover from " + killed.name(),
                    SUCCESSION_MAX,
                    () -> !group.leader().name().equals(killed.name()));
        }
    }

    private void awaitWhole(FaultTarget target) {
        if (!target.isService()) {
            Polling.until("recovery of " + target, WHOLE_MAX, targets.group(target)::isWhole);
        }
    }

    /** Restarts a failed service as a supervisor does: a service gives up if its database is still starting. */
    private static void start(Runnable restart) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                restart.run();
                return;
            } catch (ProcessFailedException | IllegalStateException e) {
                if (attempt == START_ATTEMPTS_MAX) {
                    throw e;
                }
                Thread.sleep(START_AGAIN_AFTER_MS);
            }
        }
    }
}
