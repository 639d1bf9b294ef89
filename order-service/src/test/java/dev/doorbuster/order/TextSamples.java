package dev.doorbuster.order;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sample texts for requests. */
public final class TextSamples {
    private TextSamples() {}

    public static List<String> printable() {
        return List.of(
                "x",
                " a lamp ",
                "Weißes Lämpchen",
                "一百盏灯",
                "\u0645\u200c\u0635",
                "\u2764\ufe0f",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud83d\udca1".repeat(200));
    }

    public static List<String> notPrintable() {
        return List.of(
                "",
                " ",
                "\u00a0\u3000\u2003",
                "\n",
                "x\n",
                "x\r\n",
                "x\ny",
                "\tx",
                "x\u0000",
                "x\u0085",
                "x\u2028",
                "\u200b",
                "\u200b\u200d \u2060",
                "\ufeff",
                "\u3164",
                "\u2800",
                "\ufe0f",
                "\udb40\udc41",
                "\ud800",
                "x\udc00y");
    }

    /** Those of {@link #notPrintable()} that PostgreSQL can store: no NUL and no lone surrogate. */
    public static List<String> notPrintableInUtf8() {
        return notPrintable().stream()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text) && text.indexOf(0) < 0)
                .toList();
    }

    public static List<String> notVisibleAscii() {
        return List.of("", "card-1\n", "card-1\r\n", "\n", "card 1", "\u200bcard-1", "kärtchen", "x".repeat(201));
    }
}
