package dev.doorbuster.notifier.sse;

import dev.doorbuster.contracts.message.SaleId;

/** What one can listen to. */
public record Topic(Kind kind, String name) {
    public enum Kind {
        /** What anyone may know about one sale. */
        SALE,
        /** What concerns one buyer's orders. */
        BUYER
    }

    public static Topic sale(SaleId sale) {
        return new Topic(Kind.SALE, sale.value());
    }

    public static Topic buyer(String name) {
        return new Topic(Kind.BUYER, name);
    }
}
