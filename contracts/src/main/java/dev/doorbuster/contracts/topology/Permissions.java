package dev.doorbuster.contracts.topology;

/**
 * A service user's permissions on the broker, as regular expressions over names. A user may use what exists and configure only
 * the queues of its own connections; the notifier also the queues of its channels, which its configuration names. Binding needs
 * read permission on the exchange and write permission on the queue.
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
