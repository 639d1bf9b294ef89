package dev.doorbuster.contracts.topology;

/**
 * What a service's user may do on the broker, each a regular expression over names: use what is there, and make nothing but
 * the queues of its own connections; the notifier also those of its channels, which its configuration names. Binding these
 * needs to read the exchange and to write the queue.
 */
public record Permissions(String configure, String write, String read) {
    private static final String OWN_QUEUES = "^(replies|announcements)\\..*";
    private static final String CHANNELS = "^notifier\\.(email|webhook)(\\..*)?$";
    private static final String EXCHANGES = "^doorbuster\\..*";

    public static final Permissions ORDER_SERVICE =
            reading("^(replies|announcements|ledger|dead-letters|unrouted)(\\..*)?$");
    public static final Permissions STOCK_SERVICE = reading("^stock\\..*");
    public static final Permissions NOTIFIER = reading("^notifier\\..*").making(CHANNELS);

    private static Permissions reading(String queues) {
        return new Permissions(OWN_QUEUES, EXCHANGES + "|" + OWN_QUEUES, EXCHANGES + "|" + queues + "|" + OWN_QUEUES);
    }

    private Permissions making(String queues) {
        return new Permissions(configure + "|" + queues, write + "|" + queues, read);
    }
}
