package dev.doorbuster.contracts.value;

import java.time.Duration;

/** Limits shared by all services. */
public final class Limits {
    public static final int MESSAGE_ELEMENTS_MAX = 256;
    public static final int MESSAGE_BYTES_MAX = 128 * 1024;
    public static final int NAME_LENGTH_MAX = 64;
    public static final int KEY_LENGTH_MAX = 200;
    public static final int REFERENCE_LENGTH_MAX = 200;
    public static final int TITLE_LENGTH_MAX = 200;
    /** ISO 4217 has three; payments also come in others. */
    public static final int CURRENCY_LENGTH_MAX = 10;

    public static final int EDGE_ID_LENGTH_MAX = 64;
    /** A W3C traceparent has 55 characters. */
    public static final int TRACE_LENGTH_MAX = 64;

    public static final int QUANTITY_MAX = 100;
    public static final long STOCK_MAX = 100_000_000;

    /** Of a waiting room. */
    public static final int ADMIT_PER_SECOND_MAX = 10_000;
    /** Of a waiting room's proof of work: 16 million hashes on average. */
    public static final int WORK_BITS_MAX = 24;

    /** Time of a reminder before a sale opens. */
    public static final Duration REMINDER_BEFORE = Duration.ofMinutes(10);

    private Limits() {}
}
