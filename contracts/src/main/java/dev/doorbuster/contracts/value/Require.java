package dev.doorbuster.contracts.value;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Validation of elements: only valid elements can be constructed. */
public final class Require {
    private Require() {}

    @CanIgnoreReturnValue
    public static <T> T present(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    @CanIgnoreReturnValue
    public static String text(String value, int max, String name) {
        if (value == null || value.isEmpty() || !TextRules.isWithin(value, max)) {
            throw new IllegalArgumentException(name + " must have 1 to " + max + " characters");
        }
        return value;
    }

    public static void visibleAscii(String value, String name) {
        if (!TextRules.isVisibleAscii(value)) {
            throw new IllegalArgumentException(name + " must have 1 to 200 visible ASCII characters");
        }
    }

    public static void optionalText(String value, int max, String name) {
        if (value != null) {
            text(value, max, name);
        }
    }

    public static void range(long value, long min, long max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
