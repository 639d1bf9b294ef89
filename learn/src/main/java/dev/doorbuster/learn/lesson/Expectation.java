package dev.doorbuster.learn.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares a reply with what a lesson expects: {@code /regex/} for the whole reply, {@code any order [a, b]} for a flat list
 * without an order, else the literal text.
 */
public final class Expectation {
    private static final String ANY_ORDER = "any order ";
    private static final String COMMA = ", ";

    private Expectation() {}

    public static boolean matches(String expected, String reply) {
        if (expected.length() > 1 && expected.startsWith("/") && expected.endsWith("/")) {
            return reply.matches("(?s)" + expected.substring(1, expected.length() - 1));
        }
        return expected.startsWith(ANY_ORDER)
                ? elements(expected.substring(ANY_ORDER.length())).equals(elements(reply))
                : expected.equals(reply);
    }

    private static List<String> elements(String list) {
        String inner = list.startsWith("[") && list.endsWith("]") ? list.substring(1, list.length() - 1) : list;
        var elements = new ArrayList<>(Arrays.asList(inner.split(COMMA, -1)));
        elements.sort(null);
        return elements;
    }
}
