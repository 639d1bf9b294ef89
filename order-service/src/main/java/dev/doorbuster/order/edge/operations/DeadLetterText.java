package dev.doorbuster.order.edge.operations;

import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.nio.charset.StandardCharsets;

/** A dead letter's content as one printable line, whatever it contains. */
final class DeadLetterText {
    private DeadLetterText() {}

    static String of(FetchedDeadLetter fetchedDeadLetter, int lengthMax) {
        String text = oneLine(new String(fetchedDeadLetter.body(), StandardCharsets.UTF_8));
        if (text.length() <= lengthMax) {
            return text;
        }
        // not between the halves of a surrogate pair
        int end = Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax;
        return text.substring(0, end) + "…";
    }

    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
