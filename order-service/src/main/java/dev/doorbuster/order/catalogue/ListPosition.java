package dev.doorbuster.order.catalogue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A place in a list that is sorted by time, the latest first, then by id: the last element of a page. Rows inserted or removed
 * between two pages move nothing that follows it.
 *
 * @param at to the microsecond, as the database has it
 */
public record ListPosition(Instant at, String id) {
    private static final char SEPARATOR = '-';
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    /** Reads what {@link #toString()} wrote. The OpenAPI document's patterns allow nothing else. */
    public static ListPosition of(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 1) {
            throw new IllegalArgumentException("no position of a list: " + text);
        }
        long micros = Long.parseLong(text.substring(0, separator));
        return new ListPosition(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), text.substring(separator + 1));
    }

    /** Not by {@link ChronoUnit#between}, which counts nanoseconds: they overflow in the year 2262. */
    private long micros() {
        return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO;
    }

    @Override
    public String toString() {
        return micros() + Character.toString(SEPARATOR) + id;
    }
}
