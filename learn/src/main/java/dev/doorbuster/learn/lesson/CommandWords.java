package dev.doorbuster.learn.lesson;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command, separated by spaces. A word in double quotes may contain spaces; in quotes {@code \xNN}, {@code \n},
 * {@code \"} and {@code \\} are escapes. A character stands for one byte if it was written as {@code \xNN}, else for its UTF-8
 * bytes.
 */
public final class CommandWords {
    private final String line;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private CommandWords(String line) {
        this.line = line;
    }

    /**
     * One word.
     *
     * @param text with escaped bytes as characters from {@value #BYTES} on
     * @param quoted whether it was in quotes, where {@code @} has no meaning
     */
    public record Word(String text, boolean quoted) {}

    /** The first of 256 private characters that stand for bytes. */
    public static final char BYTES = '\ue000';

    public static List<Word> of(String line) {
        return new CommandWords(line).read();
    }

    private List<Word> read() {
        while (skipSpaces()) {
            words.add(line.charAt(at) == '"' ? quoted() : plain());
        }
        return List.copyOf(words);
    }

    private boolean skipSpaces() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at < line.length();
    }

    private Word plain() {
        int from = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return new Word(line.substring(from, at), false);
    }

    private Word quoted() {
        var text = new StringBuilder();
        at++;
        while (at < line.length() && line.charAt(at) != '"') {
            text.append(line.charAt(at) == '\\' ? escaped() : line.charAt(at++));
        }
        if (at == line.length()) {
            throw new IllegalArgumentException("no closing quote: " + line);
        }
        at++;
        return new Word(text.toString(), true);
    }

    private char escaped() {
        char kind = line.charAt(at + 1);
        at += 2;
        if (kind == 'x') {
            at += 2;
            return (char) (BYTES + Integer.parseInt(line.substring(at - 2, at), 16));
        }
        return kind == 'n' ? '\n' : kind;
    }
}
