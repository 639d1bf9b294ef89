package dev.doorbuster.contracts.value;

import java.util.regex.Pattern;

/**
 * Which texts are accepted from outside. The patterns are those of the OpenAPI document (ECMA-262, flag {@code u}) and, in
 * its dialect, of the database's checks; a test compares them. Lengths are counted in code points, as both do.
 */
public final class TextRules {
    public static final String VISIBLE_ASCII = "^[!-~]{1,200}$";

    /** Controls, line and paragraph separators, halves of surrogate pairs. */
    private static final String FORBIDDEN = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff";

    /** Blanks, and what Unicode calls default-ignorable, such as zero-width characters and the byte-order mark. */
    private static final String INVISIBLE = "\\u0020\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5"
            + "\\u180b-\\u180f\\u2000-\\u200f\\u202a-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0"
            + "\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}";

    /** At least one visible character, nothing forbidden. */
    public static final String PRINTABLE =
            "^[^" + FORBIDDEN + "]*[^" + FORBIDDEN + INVISIBLE + "][^" + FORBIDDEN + "]*$";

    private static final Pattern PRINTABLE_IN_JAVA = Pattern.compile(inJava(PRINTABLE));

    private TextRules() {}

    /** The same pattern for Java, whose {@code $} would also match in front of a line break that ends the text. */
    public static String inJava(String pattern) {
        String anchored = pattern.endsWith("$") ? pattern.substring(0, pattern.length() - 1) + "\\z" : pattern;
        return anchored.replace("\\u{", "\\x{");
    }

    /** Whether it is a text of at most {@code max} characters that a person can read. */
    public static boolean isPrintable(String text, int max) {
        return text != null
                && isWithin(text, max)
                && (isVisibleAscii(text) || PRINTABLE_IN_JAVA.matcher(text).find());
    }

    /** Whether it consists of 1 to 200 visible ASCII characters: an idempotency key, or a payment's reference. */
    public static boolean isVisibleAscii(String text) {
        if (text == null || text.isEmpty() || text.length() > Limits.KEY_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < '!' || each > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether it has at most so many code points. */
    static boolean isWithin(String text, int max) {
        return text.length() <= max || text.codePointCount(0, text.length()) <= max;
    }
}
