package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.SystemPlan;
import java.util.Locale;

/** What a fault happens to. */
public enum FaultTarget {
    ORDER_SERVICE(true, false),
    STOCK_SERVICE(true, false),
    NOTIFIER(true, false),
    REDIS(false, true),
    /** Who watches over Redis, where it is several. */
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

    /** Whether somebody else takes over from the one that leads, where there is somebody else. */
    boolean hasSuccession() {
        return succession;
    }

    /** How many there are to choose from for a fault of one; of servers only one leads. */
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

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
