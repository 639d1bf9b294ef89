package dev.doorbuster.cli.chaos.crowd;

/**
 * How asking for units ended.
 *
 * @param key the key it was asked under, if known
 * @param order the order's id where units are held for it
 */
record Place(Kind kind, String key, String order) {
    enum Kind {
        HELD,
        SOLD_OUT,
        /** For a reason that asking again would not change. */
        REFUSED,
        /** No answer, and no key to repeat the request with. */
        UNKNOWN,
        /** The shop closed, or said what it must not. */
        GIVEN_UP
    }
}
