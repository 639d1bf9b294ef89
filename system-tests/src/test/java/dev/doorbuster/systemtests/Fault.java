package dev.doorbuster.systemtests;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.devservices.RealServer;

/** Faults in the middle of a sale: a crash and the recovery from it. */
enum Fault {
    NONE,
    RABBITMQ_KILLED_AND_RESTARTED,
    REDIS_KILLED_AND_RESTARTED_WITH_ITS_DATA,
    REDIS_EMPTIED,
    MEMCACHED_KILLED_AND_RESTARTED,
    POSTGRES_KILLED_AND_RESTARTED,
    STOCK_SERVICE_KILLED_AND_RESTARTED,
    ORDER_SERVICE_KILLED_AND_RESTARTED,
    NOTIFIER_KILLED_AND_RESTARTED;

    /** Returns when the restarted processes are ready. */
    void happenTo(RunningSystem system) {
        switch (this) {
            case NONE -> {}
            case RABBITMQ_KILLED_AND_RESTARTED -> crash(system.servers().rabbitmq());
            case REDIS_KILLED_AND_RESTARTED_WITH_ITS_DATA ->
                crash(system.servers().redis());
            case REDIS_EMPTIED -> system.servers().redis().wipe();
            case MEMCACHED_KILLED_AND_RESTARTED -> crash(system.servers().memcached());
            case POSTGRES_KILLED_AND_RESTARTED -> crash(system.servers().postgres());
            case STOCK_SERVICE_KILLED_AND_RESTARTED ->
                crash(system.stockServices().get(0));
            case ORDER_SERVICE_KILLED_AND_RESTARTED ->
                crash(system.orderServices().get(0));
            case NOTIFIER_KILLED_AND_RESTARTED -> crash(system.notifier());
        }
    }

    private static void crash(RealServer server) {
        server.kill();
        server.restart();
    }

    private static void crash(RunningService service) {
        service.process().kill();
        service.process().restart();
    }
}
