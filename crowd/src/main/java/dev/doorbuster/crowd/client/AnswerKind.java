package dev.doorbuster.crowd.client;

/** What an answer means to the buyer who sent an order or looked at one. */
public enum AnswerKind {
    /** The ledger accepted the order: units are, or were, reserved. */
    RESERVED,
    /** Accepted, not decided yet. */
    PENDING,
    /** A final refusal. */
    REFUSED,
    /** Not now: overloaded, outcome unknown, too many requests, or a gateway without a server. */
    BUSY,
    /** No answer: no connection, a broken one, or a timeout. */
    LOST,
    /** An answer that the interface does not have for an order. */
    UNEXPECTED;

    /** The buyer need not ask again. */
    public boolean isFinal() {
        return this == RESERVED || this == REFUSED || this == UNEXPECTED;
    }
}
