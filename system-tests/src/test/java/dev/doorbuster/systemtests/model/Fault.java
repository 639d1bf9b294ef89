package dev.doorbuster.systemtests.model;

/** Faults of a schedule. */
enum Fault {
    /** A process crashes; its unacknowledged messages are redelivered. */
    CRASH,
    /** The same, but the process keeps running without noticing. */
    DEPOSED,
    /** Redelivered messages arrive after all others. */
    TO_THE_TAIL,
    EMPTIED,
    EVICTED,
    ROLLED_BACK,
    /** The write succeeded or not; its reply is lost. */
    REPLY_LOST,
    /** A write outside a transaction is lost. */
    RECORD_LOST,
    /** A publication whose confirm was lost is repeated and arrives late. */
    DUPLICATE,
    /** An answer or announcement is lost. */
    ANSWER_LOST,
    /** A confirmed order disappears from its queue. */
    BROKER_LOSES,
    /** An edge forgets what it published. */
    EDGE_CRASHES
}
