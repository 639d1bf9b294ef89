package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.HistoryFile;
import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.process.ProcessFailedException;
import java.util.List;

/** Does faults to a running system and undoes them, and writes down both. Every method blocks until all is whole again. */
final class FaultDeeds {
    private static final int START_ATTEMPTS_MAX = 10;
    private static final long START_AGAIN_AFTER_MS = 1_000;

    private final RunningSystem system;
    private final HistoryFile history;
    private final RedisSnapshots snapshots;

    FaultDeeds(RunningSystem system, HistoryFile history) {
        this.system = system;
        this.history = history;
        this.snapshots = new RedisSnapshots(system.servers().redis());
    }

    /** Before a fault that goes back to now. */
    void prepare(PlannedFault fault) {
        snapshots.take();
    }

    void happen(PlannedFault fault) throws InterruptedException {
        switch (fault.kind().action()) {
            case KILL, RESTART, EMPTY, ROLL_BACK, CLOSE_CONNECTIONS ->
                written(fault, fault.target(), () -> once(fault));
            case STALL -> written(fault, fault.target(), () -> stall(fault));
            case ROLL -> {
                for (RunningService service : services(fault.kind().target())) {
                    written(fault, service.name(), () -> start(service.process()::restart));
                }
            }
        }
    }

    private interface Deed {
        void run() throws InterruptedException;
    }

    private void written(PlannedFault fault, String target, Deed deed) throws InterruptedException {
        long began = history.now();
        String failure = null;
        try {
            deed.run();
        } catch (RuntimeException e) {
            failure = e.toString();
        } finally {
            history.add(new Happening(
                    fault.kind().toString(),
                    target,
                    fault.kind().effect(),
                    began,
                    history.now(),
                    fault.detail(),
                    failure));
        }
    }

    private void once(PlannedFault fault) throws InterruptedException {
        switch (fault.kind().action()) {
            case KILL -> {
                kill(fault);
                restart(fault);
            }
            case RESTART -> restart(fault);
            case EMPTY -> system.servers().redis().wipe();
            case ROLL_BACK -> {
                kill(fault);
                snapshots.restore();
                restart(fault);
            }
            case CLOSE_CONNECTIONS -> {
                int unused = new BrokerDesk(system.servers().rabbitmq()).closeConnections();
            }
            case STALL, ROLL -> throw new IllegalArgumentException(fault.toString());
        }
    }

    private void stall(PlannedFault fault) throws InterruptedException {
        if (fault.kind().target().isService()) {
            service(fault).process().pause();
        } else {
            server(fault).pause();
        }
        try {
            // The length of the fault itself.
            Thread.sleep(fault.lengthMillis());
        } finally {
            if (fault.kind().target().isService()) {
                service(fault).process().resume();
            } else {
                server(fault).resume();
            }
        }
    }

    private void kill(PlannedFault fault) {
        if (fault.kind().target().isService()) {
            service(fault).process().kill();
        } else {
            server(fault).kill();
        }
    }

    private void restart(PlannedFault fault) throws InterruptedException {
        start(fault.kind().target().isService() ? service(fault).process()::restart : server(fault)::restart);
    }

    /** As a supervisor does: a service that finds its database still starting gives up, and is started again. */
    private static void start(Runnable restart) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                restart.run();
                return;
            } catch (ProcessFailedException e) {
                if (attempt == START_ATTEMPTS_MAX) {
                    throw e;
                }
                Thread.sleep(START_AGAIN_AFTER_MS);
            }
        }
    }

    private RunningService service(PlannedFault fault) {
        return services(fault.kind().target()).get(fault.instance());
    }

    private List<RunningService> services(FaultTarget target) {
        return switch (target) {
            case ORDER_SERVICE -> system.orderServices();
            case STOCK_SERVICE -> system.stockServices();
            case NOTIFIER -> List.of(system.notifier());
            case REDIS, MEMCACHED, RABBITMQ, POSTGRES -> throw new IllegalArgumentException(target + " is no service");
        };
    }

    private RealServer server(PlannedFault fault) {
        return system.servers()
                .get(
                        switch (fault.kind().target()) {
                            case REDIS -> ServerKind.REDIS;
                            case MEMCACHED -> ServerKind.MEMCACHED;
                            case RABBITMQ -> ServerKind.RABBITMQ;
                            case POSTGRES -> ServerKind.POSTGRES;
                            case ORDER_SERVICE, STOCK_SERVICE, NOTIFIER ->
                                throw new IllegalArgumentException(fault + " is about no server");
                        });
    }
}
