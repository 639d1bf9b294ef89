package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.process.ManagedProcess;
import java.util.List;

/** Resolves the process of a planned fault at the moment of the fault. */
record Targets(RunningSystem system, HistoryRecorder history) {
    private static final String COUNTER_KEY = "counter:";

    FaultyProcess process(PlannedFault fault) {
        FaultTarget target = fault.kind().target();
        return target.isService()
                ? FaultyProcess.of(services(target).get(fault.instance()))
                : FaultyProcess.of(server(fault.kind(), fault.instance()));
    }

    /** All instances of a service, or all nodes of a server. */
    List<FaultyProcess> all(FaultTarget target) {
        return target.isService()
                ? services(target).stream().map(FaultyProcess::of).toList()
                : group(target).nodes().stream().map(FaultyProcess::of).toList();
    }

    private List<RunningService> services(FaultTarget target) {
        return switch (target) {
            case ORDER_SERVICE -> system.orderServices();
            case STOCK_SERVICE -> system.stockServices();
            case NOTIFIER -> List.of(system.notifier());
            case REDIS, SENTINEL, MEMCACHED, RABBITMQ, POSTGRES ->
                throw new IllegalArgumentException(target + " is no service");
        };
    }

    /** The service, or the server as its clients reach it: PostgreSQL has one address for both of its nodes. */
    String linked(PlannedFault fault) {
        return fault.kind().target() == FaultTarget.POSTGRES
                ? ServerKind.POSTGRES.label()
                : process(fault).name();
    }

    RealServer server(FaultKind kind, int instance) {
        if (kind.target() == FaultTarget.SENTINEL) {
            return system.servers().sentinels().get(instance);
        }
        RealServer leader = leader(kind.target());
        return kind.isOfLeader()
                ? leader
                : group(kind.target()).nodes().stream()
                        .filter(node -> node != leader)
                        .toList()
                        .get(instance);
    }

    RealServer leader(FaultTarget target) {
        ServerGroup group = group(target);
        return target == FaultTarget.MEMCACHED ? bearerOfRunningSale(group) : group.leader();
    }

    /** Every shard has a master: the fault applies to that of the sale that is currently sold. */
    private RealServer bearerOfRunningSale(ServerGroup group) {
        return history.running("memcached")
                .map(SaleRecord::sale)
                .flatMap(sale -> group.nodes().stream()
                        .filter(node -> ((MemcachedServer) node).has(COUNTER_KEY + sale))
                        .findFirst())
                .orElseGet(group::leader);
    }

    ServerGroup group(FaultTarget target) {
        return system.servers()
                .group(
                        switch (target) {
                            case REDIS, SENTINEL -> ServerKind.REDIS;
                            case MEMCACHED -> ServerKind.MEMCACHED;
                            case RABBITMQ -> ServerKind.RABBITMQ;
                            case POSTGRES -> ServerKind.POSTGRES;
                            case ORDER_SERVICE, STOCK_SERVICE, NOTIFIER ->
                                throw new IllegalArgumentException(target + " is no server");
                        });
    }

    /** The process of a service or server that a fault applies to. */
    record FaultyProcess(String name, Runnable kill, Runnable pause, Runnable resume, Runnable restart) {
        static FaultyProcess of(RunningService service) {
            ManagedProcess process = service.process();
            return new FaultyProcess(service.name(), process::kill, process::pause, process::resume, process::restart);
        }

        static FaultyProcess of(RealServer server) {
            return new FaultyProcess(server.name(), server::kill, server::pause, server::resume, server::restart);
        }
    }
}
