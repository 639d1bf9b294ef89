package dev.doorbuster.contracts.counter;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of a stock counter, {@code epoch:available}. The epoch distinguishes the counts of different recounts, so that an
 * old count never replaces a new one.
 */
public record CounterValue(long epoch, long available) {
    private static final Pattern FORM = Pattern.compile("\\d{1,18}:\\d{1,18}");

    public CounterValue {
        if (epoch < 0 || available < 0) {
            throw new IllegalArgumentException("epoch and available must not be negative");
        }
    }

    /** Empty for null and for any other text: a missing counter is not zero. */
    public static Optional<CounterValue> parse(String text) {
        if (text == null || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return Optional.of(
                new CounterValue(Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1))));
    }

    /** Whether this recount may replace the stored value: a missing or unparseable one, or one of an older epoch. */
    public boolean replaces(String stored) {
        return parse(stored).map(there -> there.epoch() < epoch).orElse(true);
    }

    public CounterValue minus(long units) {
        return new CounterValue(epoch, available - units);
    }

    @Override
    public String toString() {
        return epoch + ":" + available;
    }
}
