package dev.doorbuster.notifier.sse;

import dev.doorbuster.contracts.value.SaleId;

/** A topic that clients subscribe to. */
public record StreamTopic(Kind kind, String name) {
    public enum Kind {
        /** Public events of one sale. */
        SALE,
        /** Events about one buyer's orders. */
        BUYER,
        /** Rankings of the sales. */
        SALES
    }

    /** The only topic of its kind. */
    public static final StreamTopic SALES = new StreamTopic(Kind.SALES, "");

    public static StreamTopic sale(SaleId sale) {
        return new StreamTopic(Kind.SALE, sale.value());
    }

    public static StreamTopic buyer(String name) {
        return new StreamTopic(Kind.BUYER, name);
    }
}
