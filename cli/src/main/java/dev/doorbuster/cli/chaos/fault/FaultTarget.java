package dev.doorbuster.cli.chaos.fault;

/** What a fault happens to. */
public enum FaultTarget {
    ORDER_SERVICE(true),
    STOCK_SERVICE(true),
    NOTIFIER(true),
    REDIS(false),
    MEMCACHED(false),
    RABBITMQ(false),
    POSTGRES(false);

    private final boolean service;

    FaultTarget(boolean service) {
        this.service = service;
    }

    boolean isService() {
        return service;
    }
}
