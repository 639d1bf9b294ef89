package dev.doorbuster.learn.redis;

import dev.doorbuster.learn.lesson.CommandWords;
import dev.doorbuster.learn.lesson.CommandWords.Word;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A command of a lesson: {@code @name} is a key or channel, which gets the prefix {@value #PREFIX}. */
final class RedisCommand {
    static final String PREFIX = "learn:";

    /** Commands that would act on more than the lessons' keys. */
    private static final Set<String> REFUSED = Set.of(
            "BGREWRITEAOF",
            "BGSAVE",
            "CLUSTER",
            "CONFIG",
            "DEBUG",
            "FAILOVER",
            "FLUSHALL",
            "FLUSHDB",
            "FUNCTION",
            "MIGRATE",
            "MODULE",
            "MONITOR",
            "REPLICAOF",
            "RESET",
            "SAVE",
            "SCRIPT",
            "SELECT",
            "SHUTDOWN",
            "SLAVEOF",
            "SWAPDB");

    private static final List<String> CONFIG_GET = List.of("CONFIG", "GET");

    private final List<Word> words;

    /** Throws an exception if the command is not for lessons. */
    RedisCommand(String command) {
        words = CommandWords.of(command);
        boolean reads =
                CONFIG_GET.equals(words.stream().limit(2).map(Word::text).toList());
        if (REFUSED.contains(name()) && !reads) {
            throw new IllegalArgumentException("no lesson may send " + name());
        }
    }

    String name() {
        return words.get(0).text().toUpperCase(Locale.ROOT);
    }

    /** Whether the reply is a pushed message. */
    boolean subscribes() {
        return name().endsWith("SUBSCRIBE");
    }

    Request request() {
        Request request = Request.cmd(Command.create(name()));
        words.stream().skip(1).forEach(word -> request.arg(bytes(name(word))));
        return request;
    }

    /** Every word that may be a key. */
    List<String> keys() {
        return words.stream()
                .skip(1)
                .filter(word -> !word.quoted() && word.text().startsWith("@"))
                .map(RedisCommand::name)
                .toList();
    }

    static String name(Word word) {
        return !word.quoted() && word.text().startsWith("@")
                ? PREFIX + word.text().substring(1)
                : word.text();
    }

    private static Buffer bytes(String text) {
        Buffer bytes = Buffer.buffer();
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each >= CommandWords.BYTES && each < CommandWords.BYTES + 256) {
                bytes.appendByte((byte) (each - CommandWords.BYTES));
            } else {
                bytes.appendString(String.valueOf(each));
            }
        }
        return bytes;
    }

    @Override
    public String toString() {
        return words.stream().map(RedisCommand::shown).collect(Collectors.joining(" "));
    }

    private static String shown(Word word) {
        String name = name(word);
        return word.quoted() ? '"' + RedisReplies.escaped(name) + '"' : name;
    }
}
