package dev.doorbuster.cli.crowd;

/** What an answer means to a buyer. */
public enum Heard {
    /** The order was taken in by the ledger: units are, or were, held. */
    RESERVED,
    /** Accepted, not decided yet. */
    PENDING,
    /** A clear no. */
    REFUSED,
    /** Not now: overloaded, outcome unknown, or too many requests. */
    BUSY,
    /** No answer came: refused or broken connection, or patience at an end. */
    LOST,
    /** An answer that the interface does not have for this request. */
    UNEXPECTED
}
