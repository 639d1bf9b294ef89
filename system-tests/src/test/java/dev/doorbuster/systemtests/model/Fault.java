package dev.doorbuster.systemtests.model;

/** What may happen in a schedule. */
enum Fault {
    /** A process dies; what it had not acknowledged is delivered again. */
    CRASH,
    /** The same, only that the process does not know it, and goes on. */
    DEPOSED,
    /** What is delivered again comes after all else. */
    TO_THE_TAIL,
    EMPTIED,
    EVICTED,
    ROLLED_BACK,
    /** The write was done, or not; its reply is lost. */
    REPLY_LOST,
    /** Something written outside a transaction is not. */
    RECORD_LOST,
    /** A publication whose confirm was lost is made again, and arrives late. */
    DUPLICATE,
    /** An answer or announcement is lost. */
    ANSWER_LOST
}
