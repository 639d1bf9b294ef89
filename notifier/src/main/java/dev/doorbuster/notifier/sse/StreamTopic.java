package dev.doorbuster.notifier.sse;

import dev.doorbuster.contracts.message.SaleId;

/** What one can listen to. */
public record StreamTopic(Kind kind, String name) {
    public enum Kind {
        /** What anyone may know about one sale. */
        SALE,
        /** What concerns one buyer's orders. */
        BUYER
    }

    public static StreamTopic sale(SaleId sale) {
        return new StreamTopic(Kind.SALE, sale.value());
    }

    public static StreamTopic buyer(String name) {
        return new StreamTopic(Kind.BUYER, name);
    }
}
