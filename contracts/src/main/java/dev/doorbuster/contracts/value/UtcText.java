package dev.doorbuster.contracts.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Formats and parses instants like {@link Instant#toString} and {@link Instant#parse} (RFC 3339, UTC), several times faster:
 * the text of each second is cached, since most instants of a sale share a few seconds. Safe for any thread.
 */
public final class UtcText {
    /** Cached seconds; a new one replaces the entry of its slot. A prime: an order and the end of its hold differ in slots. */
    private static final int SLOTS = 61;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NANO_DIGITS = 9;
    private static final int GROUP = 1000;

    private static final AtomicReferenceArray<Second> KEPT = new AtomicReferenceArray<>(SLOTS);

    /** A second and its text without the "Z". */
    private record Second(long epoch, String text) {}

    private UtcText() {}

    public static String of(Instant instant) {
        String second = second(instant.getEpochSecond());
        int nanos = instant.getNano();
        if (nanos == 0) {
            return second + "Z";
        }
        var text = new StringBuilder(second.length() + NANO_DIGITS + 2)
                .append(second)
                .append('.');
        group(text, nanos / (GROUP * GROUP));
        if (nanos % (GROUP * GROUP) != 0) {
            group(text, nanos / GROUP % GROUP);
            if (nanos % GROUP != 0) {
                group(text, nanos % GROUP);
            }
        }
        return text.append('Z').toString();
    }

    /**
     * Parses the output of {@link #of} and everything else that {@link Instant#parse} accepts.
     *
     * @throws DateTimeException if the text is not an instant
     */
    public static Instant parse(String text) {
        int fraction = text.indexOf('.');
        int end = fraction < 0 ? text.length() - 1 : fraction;
        Second kept = end < 0 ? null : KEPT.get(slotOf(text, end));
        if (kept == null
                || kept.text().length() != end
                || !text.startsWith(kept.text())
                || !endsAfterDigits(text, end)) {
            Instant parsed = Instant.parse(text);
            String unused = second(parsed.getEpochSecond());
            return parsed;
        }
        return Instant.ofEpochSecond(kept.epoch(), nanos(text, end));
    }

    private static void group(StringBuilder text, int threeDigits) {
        text.append((char) ('0' + threeDigits / 100))
                .append((char) ('0' + threeDigits / 10 % 10))
                .append((char) ('0' + threeDigits % 10));
    }

    private static String second(long epoch) {
        int slot = Math.floorMod(epoch, SECONDS_PER_DAY) % SLOTS;
        Second kept = KEPT.get(slot);
        if (kept != null && kept.epoch() == epoch) {
            return kept.text();
        }
        String text = Instant.ofEpochSecond(epoch).toString();
        String withoutZone = text.substring(0, text.length() - 1);
        KEPT.set(slot, new Second(epoch, withoutZone));
        return withoutZone;
    }

    /** By the time of day, the last digits of the text; a text of another form gets any slot and matches no entry. */
    private static int slotOf(String text, int end) {
        if (end < 8) {
            return 0;
        }
        int second = 3600 * twoDigits(text, end - 8) + 60 * twoDigits(text, end - 5) + twoDigits(text, end - 2);
        return Math.floorMod(second, SECONDS_PER_DAY) % SLOTS;
    }

    private static int twoDigits(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }

    /** Whether the second is followed by "Z", or by a fraction of 1 to 9 digits and "Z". */
    private static boolean endsAfterDigits(String text, int end) {
        int last = text.length() - 1;
        if (text.charAt(last) != 'Z' || last - end > NANO_DIGITS + 1 || last == end + 1) {
            return false;
        }
        for (int i = end + 1; i < last; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        int digits = text.length() - 2 - end;
        for (int i = 0; i < NANO_DIGITS; i++) {
            nanos = 10 * nanos + (i < digits ? text.charAt(end + 1 + i) - '0' : 0);
        }
        return nanos;
    }
}
