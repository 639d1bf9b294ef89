package dev.doorbuster.learn.redis;

import dev.doorbuster.learn.lesson.CommandWords;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Replies as text: a bulk string in quotes, a number or a status without, a list in brackets. */
public final class RedisReplies {
    private static final String NIL = "(nil)";
    private static final String ERROR = "(error) ";

    private RedisReplies() {}

    public static String text(Response reply) {
        if (reply == null) {
            return NIL;
        }
        if (reply.type() == ResponseType.ERROR) {
            return error(reply.toString());
        }
        if (reply.type() == ResponseType.MULTI || reply.type() == ResponseType.PUSH) {
            return reply.stream().map(RedisReplies::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return reply.type() == ResponseType.BULK ? '"' + bytes(reply.toBytes()) + '"' : reply.toString();
    }

    static String error(String message) {
        return ERROR + message;
    }

    /** As UTF-8 if it is, else each byte above ASCII as {@code \xNN}. */
    private static String bytes(byte[] bytes) {
        try {
            return escaped(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return escaped(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** Control characters, single bytes and Latin-1 as {@code \xNN}. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '\n') {
                escaped.append("\\n");
            } else if (each == '\r') {
                escaped.append("\\r");
            } else if (each == '"' || each == '\\') {
                escaped.append('\\').append(each);
            } else if (each >= CommandWords.BYTES && each < CommandWords.BYTES + 256) {
                escaped.append("\\x%02x".formatted(each - CommandWords.BYTES));
            } else if (each < ' ' || (each >= 0x7f && each < 0x100)) {
                escaped.append("\\x%02x".formatted((int) each));
            } else {
                escaped.append(each);
            }
        }
        return escaped.toString();
    }
}
