package dev.doorbuster.cli.chaos.history;

/**
 * What a buyer sent.
 *
 * @param key the Idempotency-Key under which the order is, as far as the buyer knows it; null where it was sent without one
 * @param order the order's id, for all that is about an order that exists; else null
 * @param reference of a payment; else null
 */
public record Request(Kind kind, String sale, String buyer, String key, String order, String reference, int quantity) {
    /** What is asked for. */
    public enum Kind {
        /** A place in the sale: first, or again under the same key. */
        ORDER,
        /** A mistake: the key of an order with another quantity. */
        REUSE,
        LOOK,
        PAY,
        CANCEL
    }

    public static Request order(String sale, String buyer, String key, int quantity) {
        return new Request(Kind.ORDER, sale, buyer, key, null, null, quantity);
    }

    public static Request reuse(String sale, String buyer, String key, int otherQuantity) {
        return new Request(Kind.REUSE, sale, buyer, key, null, null, otherQuantity);
    }

    public static Request look(String sale, String buyer, String key, String order) {
        return new Request(Kind.LOOK, sale, buyer, key, order, null, 0);
    }

    public static Request pay(String sale, String buyer, String key, String order, String reference) {
        return new Request(Kind.PAY, sale, buyer, key, order, reference, 0);
    }

    public static Request cancel(String sale, String buyer, String key, String order) {
        return new Request(Kind.CANCEL, sale, buyer, key, order, null, 0);
    }
}
