package dev.doorbuster.crowd.client;

/**
 * A request of a buyer.
 *
 * @param attempt of an order or of its repetition; null for requests of other kinds
 * @param key the Idempotency-Key of the order, as far as the buyer knows it; null where it was sent without one
 * @param order the order's id, for all requests about an existing order; else null
 * @param reference of a payment; else null
 */
public record ShopRequest(
        Kind kind,
        Attempt attempt,
        String sale,
        String buyer,
        String key,
        String order,
        String reference,
        int quantity) {
    /** What is requested. */
    public enum Kind {
        ORDER,
        /** The key of an order with another quantity. */
        REUSE,
        LOOK,
        PAY,
        CANCEL
    }

    /** Why an order is sent. */
    public enum Attempt {
        FIRST,
        /** The same request while the first is in flight. */
        DUPLICATE,
        /** The same request because the last was refused for now, got no answer or stayed pending. */
        RETRY,
        /** The same request after the reservation is known: the answer must be the same. */
        REPEAT
    }

    public static ShopRequest order(String sale, String buyer, String key, int quantity) {
        return order(Attempt.FIRST, sale, buyer, key, quantity);
    }

    public static ShopRequest order(Attempt attempt, String sale, String buyer, String key, int quantity) {
        return new ShopRequest(Kind.ORDER, attempt, sale, buyer, key, null, null, quantity);
    }

    public static ShopRequest reuse(String sale, String buyer, String key, int otherQuantity) {
        return new ShopRequest(Kind.REUSE, null, sale, buyer, key, null, null, otherQuantity);
    }

    public static ShopRequest look(String sale, String buyer, String key, String order) {
        return new ShopRequest(Kind.LOOK, null, sale, buyer, key, order, null, 0);
    }

    public static ShopRequest pay(String sale, String buyer, String key, String order, String reference) {
        return new ShopRequest(Kind.PAY, null, sale, buyer, key, order, reference, 0);
    }

    public static ShopRequest cancel(String sale, String buyer, String key, String order) {
        return new ShopRequest(Kind.CANCEL, null, sale, buyer, key, order, null, 0);
    }

    /** Sent to the sale, with a quantity. */
    boolean isPlacing() {
        return kind == Kind.ORDER || kind == Kind.REUSE;
    }
}
