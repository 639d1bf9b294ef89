package dev.doorbuster.crowd.buyers;

/**
 * How an order ended for its buyer.
 *
 * @param key the order's key, if known
 * @param id of the order where units are reserved
 */
record PlacedOrder(Result result, String key, String id) {
    enum Result {
        RESERVED,
        SOLD_OUT,
        /** For another reason, which ordering again would not change. */
        REFUSED,
        /** No answer, and no key to repeat the request with. */
        UNKNOWN,
        /** No retries are left, or the answer was unexpected. */
        GIVEN_UP
    }
}
