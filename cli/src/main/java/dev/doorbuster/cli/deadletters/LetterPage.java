package dev.doorbuster.cli.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.UndecodableMessageException;
import dev.doorbuster.deadletters.Letter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One letter with all that it says. */
final class LetterPage {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Of a body that is no JSON; the broker has all of it. */
    private static final int BYTES_SHOWN_MAX = 4_096;

    private static final int BYTES_PER_LINE = 16;

    private LetterPage() {}

    static void print(Letter letter, PrintWriter out) {
        var told = letter.told();
        out.println("id           " + letter.id());
        out.println("type         " + letter.type());
        out.println("sale         " + letter.sale());
        out.println("cause        " + told.cause().wireName());
        out.println("reason       " + told.reason());
        out.println("given up in  " + letter.queue() + (told.at() == null ? "" : " at " + told.at()));
        out.println("came by      " + told.origin().exchange() + ", key "
                + told.origin().routingKey());
        out.println("deliveries   " + told.deliveries() + ", replays " + told.replays());
        out.println("lies in      " + letter.lies());
        out.println("if discarded " + letter.loss().sentence());
        out.println("headers");
        Map<String, Object> headers = letter.properties().getHeaders();
        new TreeMap<>(headers == null ? Map.of() : headers)
                .forEach((name, value) -> out.println("  " + name + ": " + value));
        printBody(letter, out);
    }

    private static void printBody(Letter letter, PrintWriter out) {
        out.println("body, " + letter.body().length + " bytes");
        whyUnreadable(letter).ifPresent(why -> out.println("  cannot be read: " + why));
        try {
            out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(letter.body())));
        } catch (JsonProcessingException e) {
            printBytes(letter.body(), out);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static Optional<String> whyUnreadable(Letter letter) {
        try {
            var unused = MessageCodec.decode(letter.properties().getType(), letter.body());
            return Optional.empty();
        } catch (UndecodableMessageException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void printBytes(byte[] body, PrintWriter out) {
        int shown = Math.min(body.length, BYTES_SHOWN_MAX);
        for (int from = 0; from < shown; from += BYTES_PER_LINE) {
            var hex = new StringBuilder();
            var text = new StringBuilder();
            for (int i = from; i < Math.min(from + BYTES_PER_LINE, shown); i++) {
                hex.append("%02x ".formatted(body[i]));
                text.append(body[i] >= ' ' && body[i] < 127 ? (char) body[i] : '.');
            }
            out.printf("  %-48s  %s%n", hex, text);
        }
        if (shown < body.length) {
            out.println("  and " + (body.length - shown) + " bytes more");
        }
    }
}
