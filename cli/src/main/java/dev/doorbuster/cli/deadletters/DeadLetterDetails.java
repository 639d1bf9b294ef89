package dev.doorbuster.cli.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints one dead letter with all its properties. */
final class DeadLetterDetails {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Limit for a body that is no JSON; the broker keeps all of it. */
    private static final int BYTES_SHOWN_MAX = 4_096;

    private static final int BYTES_PER_LINE = 16;

    private DeadLetterDetails() {}

    static void print(FetchedDeadLetter fetchedDeadLetter, PrintWriter out) {
        var told = fetchedDeadLetter.told();
        out.println("id           " + fetchedDeadLetter.id());
        out.println("type         " + fetchedDeadLetter.type());
        out.println("sale         " + fetchedDeadLetter.sale());
        out.println("cause        " + told.cause().wireName());
        out.println("reason       " + told.reason());
        out.println("given up in  " + fetchedDeadLetter.queue() + (told.at() == null ? "" : " at " + told.at()));
        out.println("came by      " + told.origin().exchange() + ", key "
                + told.origin().routingKey());
        out.println("deliveries   " + told.deliveries() + ", replays " + told.replays());
        out.println("queue        " + fetchedDeadLetter.deadLetterQueue());
        out.println("if discarded " + fetchedDeadLetter.loss().sentence());
        out.println("headers");
        Map<String, Object> headers = fetchedDeadLetter.properties().getHeaders();
        new TreeMap<>(headers == null ? Map.of() : headers)
                .forEach((name, value) -> out.println("  " + name + ": " + value));
        printBody(fetchedDeadLetter, out);
    }

    private static void printBody(FetchedDeadLetter fetchedDeadLetter, PrintWriter out) {
        out.println("body, " + fetchedDeadLetter.body().length + " bytes");
        whyUnreadable(fetchedDeadLetter).ifPresent(why -> out.println("  cannot be read: " + why));
        try {
            out.println(MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(MAPPER.readTree(fetchedDeadLetter.body())));
        } catch (JsonProcessingException e) {
            printBytes(fetchedDeadLetter.body(), out);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private static Optional<String> whyUnreadable(FetchedDeadLetter fetchedDeadLetter) {
        try {
            var unused = MessageCodec.decode(fetchedDeadLetter.properties().getType(), fetchedDeadLetter.body());
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
