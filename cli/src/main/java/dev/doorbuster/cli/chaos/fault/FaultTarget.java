package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.plan.SystemPlan;
import java.util.Locale;

/** The service or server a fault applies to. */
public enum FaultTarget {
    ORDER_SERVICE(true, false),
    STOCK_SERVICE(true, false),
    NOTIFIER(true, false),
    REDIS(false, true),
    /** The Sentinels of a replicated Redis. */
    SENTINEL(false, false),
    MEMCACHED(false, false),
    RABBITMQ(false, true),
    POSTGRES(false, true);

    private static final int SENTINELS = 3;
    private static final int FOLLOWERS = 2;

    private final boolean service;
    private final boolean succession;

    FaultTarget(boolean service, boolean succession) {
        this.service = service;
        this.succession = succession;
    }

    boolean isService() {
        return service;
    }

    /** Whether a replica takes over if the leader fails. */
    boolean hasSuccession() {
        return succession;
    }

    /** Number of processes to choose from; of servers only the leader counts. */
    int count(SystemPlan plan, boolean leader) {
        return switch (this) {
            case ORDER_SERVICE -> plan.orderInstances();
            case STOCK_SERVICE -> plan.stockInstances();
            case NOTIFIER -> plan.notifierInstances();
            case REDIS, MEMCACHED, RABBITMQ -> leader ? 1 : FOLLOWERS;
            case POSTGRES -> 1;
            case SENTINEL -> SENTINELS;
        };
    }

    /** The printed name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
