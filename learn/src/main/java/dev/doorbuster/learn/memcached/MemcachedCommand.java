package dev.doorbuster.learn.memcached;

import dev.doorbuster.learn.lesson.CommandWords;
import dev.doorbuster.learn.lesson.CommandWords.Word;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command of a lesson: {@code @name} is a key, which gets the prefix {@value #PREFIX}; {@code #1024} is a value of so many
 * bytes.
 */
final class MemcachedCommand {
    static final String PREFIX = "learn:";
    /** When a key expires that a killed run left behind, in seconds. */
    static final int EXPIRY = 60;

    private final List<Word> words;

    MemcachedCommand(String command) {
        words = CommandWords.of(command);
    }

    String name() {
        return words.get(0).text();
    }

    int size() {
        return words.size();
    }

    boolean has(int index) {
        return index < words.size();
    }

    boolean is(int index, String word) {
        return has(index) && words.get(index).text().equals(word);
    }

    /** As in the lesson, the name first. */
    List<String> words() {
        return words.stream().map(Word::text).toList();
    }

    String key(int index) {
        return key(words.get(index).text());
    }

    private static String key(String word) {
        return word.startsWith("@") ? PREFIX + word.substring(1) : word;
    }

    /** All words that are keys, also in {@code @key=value}. */
    List<String> keys() {
        return words.stream()
                .filter(word -> !word.quoted() && word.text().startsWith("@"))
                .map(word -> key(word.text().split("=", 2)[0]))
                .toList();
    }

    /** The value in {@code @key=value}. */
    String pairValue(int index) {
        return words.get(index).text().split("=", 2)[1];
    }

    String value(int index) {
        Word word = words.get(index);
        return !word.quoted() && word.text().matches("#\\d{1,8}")
                ? "x".repeat(Integer.parseInt(word.text().substring(1)))
                : word.text();
    }

    int number(int index, int byDefault) {
        return has(index) ? Integer.parseInt(words.get(index).text()) : byDefault;
    }

    String javaCall() {
        return switch (name()) {
            case "set", "add", "replace" ->
                "client.%s(\"%s\", %d, %s)".formatted(name(), key(1), number(3, EXPIRY), literal(2));
            case "append", "prepend" -> "client.%s(\"%s\", %s)".formatted(name(), key(1), literal(2));
            case "cas" -> "client.cas(\"%s\", %d, %s, version)".formatted(key(1), number(3, EXPIRY), literal(2));
            case "incr", "decr" -> "client.%s(\"%s\", %d)".formatted(name(), key(1), number(2, 1));
            case "touch" -> "client.touch(\"%s\", %d)".formatted(key(1), number(2, EXPIRY));
            case "get", "gets", "delete" -> "client.%s(\"%s\")".formatted(name(), key(1));
            case "get_multi" -> "client.get(List.of(%s))".formatted(quotedKeys());
            case "set_multi" ->
                "for (var each : entries) client.setWithNoReply(each.getKey(), %d, each.getValue())".formatted(EXPIRY);
            case "delete_multi" ->
                "for (String key : List.of(%s)) client.deleteWithNoReply(key)".formatted(quotedKeys());
            case "stats" -> "client.getStats()";
            case "version" -> "client.getVersions()";
            default -> "";
        };
    }

    private String literal(int index) {
        Word word = words.get(index);
        return word.text().startsWith("#") && !word.quoted()
                ? "\"x\".repeat(" + word.text().substring(1) + ")"
                : '"' + word.text() + '"';
    }

    private String quotedKeys() {
        return keys().stream().map(key -> '"' + key + '"').collect(Collectors.joining(", "));
    }
}
