package dev.doorbuster.order.edge.operations;

import dev.doorbuster.deadletters.Letter;
import java.nio.charset.StandardCharsets;

/** What is in a letter, for people: on one line, whatever somebody has written into it. */
final class LetterText {
    private LetterText() {}

    static String of(Letter letter, int lengthMax) {
        String text = oneLine(new String(letter.body(), StandardCharsets.UTF_8));
        if (text.length() <= lengthMax) {
            return text;
        }
        // not through the middle of a character that takes two
        int end = Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax;
        return text.substring(0, end) + "…";
    }

    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
