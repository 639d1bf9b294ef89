package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.chaos.fault.Targets.FaultyProcess;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.network.ServiceNetwork;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.machine.Clocks;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.machine.Volumes;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.process.ProcessFailedException;
import dev.doorbuster.devservices.rabbitmq.RabbitCluster;
import dev.doorbuster.devservices.redis.RedisFailover;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.devservices.support.Polling;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    /** Below its limit of 200 MB: it blocks publishers, and can still write. */
    private static final long LEFT_TO_RABBITMQ_BYTES = 50L << 20;

    private static final Duration FROZEN = Duration.ofMillis(400);
    private static final Duration THAWED = Duration.ofMillis(100);
    private static final Duration OFF = Duration.ofHours(1);

    private final ServiceNetwork network;
    private final HostMachine machine;
    private final Targets targets;
    private final HistoryRecorder history;
    private final Consumer<String> progress;
    private final RedisSnapshots snapshots;

    FaultActions(RunningSystem system, HistoryRecorder history, Consumer<String> progress) {
        this.network = system.network();
        this.machine = system.machine();
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
                toOne(fault, (process, over) -> {
                    process.kill().run();
                    awaitSuccessor(fault.kind(), process);
                    start(process.restart());
                });
            case STALL -> toOne(fault, (process, over) -> stall(process, fault.lengthMillis(), over));
            case RESTART -> toOne(fault, (process, over) -> start(process.restart()));
            case EMPTY -> {
                RealServer server = targets.server(fault.kind(), fault.instance());
                written(fault, server.name(), over -> empty(server));
            }
            case FAIL_OVER ->
                written(
                        fault,
                        fault.target(),
                        over -> ((RedisFailover) targets.group(fault.kind().target())).failOver());
            case ROLL_BACK ->
                written(fault, fault.target(), over -> rollBack(fault.kind().target()));
            case PARTITION, ONE_WAY, HALF_OPEN, RESET, DELAY, THROTTLE, DRIP -> {
                String target = targets.linked(fault);
                written(fault, target, over -> disturb(fault, target, over));
            }
            case CLOSE_CONNECTIONS ->
                written(
                        fault,
                        fault.target(),
                        over -> closeConnections(fault.kind().target()));
            case ROLL -> {
                for (FaultyProcess process : targets.all(fault.kind().target())) {
                    written(fault, process.name(), over -> start(process.restart()));
                }
            }
            case ISOLATE -> isolated(fault, EnumSet.allOf(NodeNetwork.Lost.class));
            case MUTE -> isolated(fault, EnumSet.of(NodeNetwork.Lost.SENDING));
            case FILL_DISK -> {
                RealServer server = targets.leader(fault.kind().target());
                written(fault, server.name(), over -> fillDisk(server, fault.lengthMillis(), over));
            }
            case SLOW_DISK -> {
                RealServer server = targets.leader(fault.kind().target());
                written(fault, server.name(), over -> slowDown(server, fault.lengthMillis(), over));
            }
            case CLOCK_AHEAD, CLOCK_BACK -> {
                String target = targets.linked(fault);
                written(fault, target, over -> setClocks(fault, over));
            }
        }
    }

    private interface Action<T> {
        void to(T process, Runnable over) throws InterruptedException;
    }

    private void toOne(PlannedFault fault, Action<FaultyProcess> action) throws InterruptedException {
        FaultyProcess process = targets.process(fault);
        written(fault, process.name(), over -> action.to(process, over));
    }

    private interface Steps {
        /**
         * Injects the fault and reverts it.
         *
         * @param over to be called when the cause of a lasting fault has ended; what follows is the recovery
         */
        void run(Runnable over) throws InterruptedException;
    }

    private void written(PlannedFault fault, String target, Steps steps) throws InterruptedException {
        progress.accept(
                "%s %s %s".formatted(fault.kind(), target, fault.detail()).stripTrailing());
        long began = history.now();
        var healed = new AtomicLong(began);
        String failure = null;
        try {
            steps.run(() -> healed.set(history.now()));
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
                    healed.get(),
                    history.now(),
                    fault.detail(),
                    failure));
        }
    }

    private static void stall(FaultyProcess process, long lengthMillis, Runnable over) throws InterruptedException {
        process.pause().run();
        during(lengthMillis, process.resume(), over);
    }

    private void disturb(PlannedFault fault, String target, Runnable over) throws InterruptedException {
        Runnable heal = network.disturb(
                fault.kind().action().network().orElseThrow(),
                (service, server) -> target.equals(fault.kind().target().isService() ? service : server));
        during(fault.lengthMillis(), heal, over);
    }

    private void isolated(PlannedFault fault, Set<NodeNetwork.Lost> lost) throws InterruptedException {
        RealServer node = targets.server(fault.kind(), fault.instance());
        written(fault, node.name(), over -> {
            Runnable heal = targets.group(fault.kind().target()).isolate(node, lost);
            during(fault.lengthMillis(), heal, over);
        });
    }

    /** A server that cannot go on without disk ends; it is started again when there is space, as by a supervisor. */
    private void fillDisk(RealServer server, long lengthMillis, Runnable over) throws InterruptedException {
        long left = server.kind() == ServerKind.RABBITMQ ? LEFT_TO_RABBITMQ_BYTES : 0;
        Runnable heal = machine.volumes().orElseThrow().fill(server.folder(), left);
        during(lengthMillis, heal, over);
        if (!server.isAlive()) {
            start(server::restart);
        }
    }

    private void slowDown(RealServer server, long lengthMillis, Runnable over) throws InterruptedException {
        Volumes volumes = machine.volumes().orElseThrow();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lengthMillis);
        while (System.nanoTime() < end) {
            volumes.freeze(server.folder(), FROZEN);
            Thread.sleep(THAWED.toMillis());
        }
        over.run();
    }

    /** PostgreSQL's nodes are on machines whose clocks agree. */
    private void setClocks(PlannedFault fault, Runnable over) throws InterruptedException {
        Clocks clocks = machine.clocks().orElseThrow();
        List<String> processes = fault.kind().target().isService()
                ? List.of(targets.process(fault).name())
                : targets.group(fault.kind().target()).nodes().stream()
                        .map(RealServer::name)
                        .toList();
        Duration ahead = fault.kind().action() == FaultKind.Action.CLOCK_AHEAD ? OFF : OFF.negated();
        processes.forEach(each -> clocks.set(each, ahead));
        during(fault.lengthMillis(), () -> processes.forEach(each -> clocks.set(each, Duration.ZERO)), () -> {});
        // Until then some of their processes may still have the wrong clock.
        Thread.sleep(Clocks.NOTICED_MAX.toMillis());
        over.run();
    }

    private static void during(long lengthMillis, Runnable heal, Runnable over) throws InterruptedException {
        try {
            // The duration of the fault itself.
            Thread.sleep(lengthMillis);
        } finally {
            heal.run();
            over.run();
        }
    }

    private void empty(RealServer server) throws InterruptedException {
        if (server instanceof RedisServer redis) {
            start(redis::wipe);
        } else {
            var cluster = (RabbitCluster) targets.group(FaultTarget.RABBITMQ);
            cluster.loseData(server);
            start(server::restart);
            start(() -> cluster.addQueueMembers(server));
        }
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
