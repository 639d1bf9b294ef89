package dev.doorbuster.order.catalogue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next position after which the list continues; empty on the last page
 */
public record ListPage<T>(List<T> elements, Optional<ListPosition> next) {
    public ListPage {
        elements = List.copyOf(elements);
    }

    /** Builds a page from a query for one element more than the page size. */
    public static <T> ListPage<T> of(List<T> read, int elementsMax, Function<T, ListPosition> position) {
        if (read.size() <= elementsMax) {
            return new ListPage<>(read, Optional.empty());
        }
        return new ListPage<>(read.subList(0, elementsMax), Optional.of(position.apply(read.get(elementsMax - 1))));
    }

    /**
     * A position in a list sorted by time, latest first, then by id: that of a page's last element. Inserts and deletes
     * between two requests do not shift the following pages.
     *
     * @param at in microseconds, the database's precision
     */
    public record ListPosition(Instant at, String id) {
        private static final char SEPARATOR = '-';
        private static final long MICROS_PER_SECOND = 1_000_000;
        private static final int NANOS_PER_MICRO = 1000;

        /** Parses the format of {@link #toString()}. The OpenAPI document's patterns admit nothing else. */
        public static ListPosition of(String text) {
            int separator = text.indexOf(SEPARATOR);
            if (separator < 1) {
                throw new IllegalArgumentException("not a list position: " + text);
            }
            long micros = Long.parseLong(text.substring(0, separator));
            return new ListPosition(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), text.substring(separator + 1));
        }

        /** {@link ChronoUnit#between} counts nanoseconds, which overflow in the year 2262. */
        private long micros() {
            return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO;
        }

        @Override
        public String toString() {
            return micros() + Character.toString(SEPARATOR) + id;
        }
    }
}
