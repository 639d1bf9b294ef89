package dev.doorbuster.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.value.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final String ORDER_PLACED = MessageType.ORDER_PLACED.wireName();

    @ParameterizedTest
    @EnumSource
    void rejectsEveryTruncationOfEveryType(MessageType type) {
        byte[] whole = MessageCodec.encode(Samples.of(type));
        for (int length = 0; length < whole.length; length++) {
            assertUndecodable(type.wireName(), Arrays.copyOf(whole, length));
        }
    }

    @Test
    void rejectsAnUnknownType() {
        byte[] body = MessageCodec.encode(Samples.of(MessageType.ORDER_PLACED));

        assertUndecodable("order.placed.v2", body);
        assertUndecodable("", body);
        assertUndecodable(null, body);
    }

    @Test
    void rejectsAHeaderThatContradictsTheProperty() {
        assertUndecodable(ORDER_PLACED, MessageCodec.encode(Samples.of(MessageType.ORDER_GRANTED)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "true",
                "7",
                "[]",
                "{}",
                "\"text\"",
                "no json at all",
                "{\"header\":null,\"elements\":null}"
            })
    void rejectsInvalidBytes(String body) {
        for (MessageType type : MessageType.values()) {
            assertUndecodable(type.wireName(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "type",
                "saleId",
                "at",
                "elements",
                "requestId",
                "orderId",
                "buyer",
                "quantity",
                "key",
                "counter",
                "perBuyerLimit",
                "edgeId",
                "receivedAt"
            })
    void rejectsAMissingField(String field) {
        String renamed = sample().replace('"' + field + '"', "\"else\"");

        assertThat(renamed).isNotEqualTo(sample());
        assertUndecodable(ORDER_PLACED, renamed);
    }

    @Test
    void rejectsAMissingNumberAndAMissingFlag() {
        String granted = new String(MessageCodec.encode(Samples.of(MessageType.ORDER_GRANTED)), StandardCharsets.UTF_8);

        assertUndecodable(MessageType.ORDER_GRANTED.wireName(), granted.replace("\"counted\"", "\"else\""));
        assertUndecodable(MessageType.ORDER_GRANTED.wireName(), granted.replace("\"quantity\"", "\"else\""));
    }

    @ParameterizedTest
    @CsvSource({
        "quantity, 0",
        "quantity, -1",
        "quantity, 101",
        "quantity, 1.5",
        "quantity, 99999999999",
        "quantity, '\"2\"'",
        "quantity, true",
        "perBuyerLimit, 0",
        "perBuyerLimit, 101",
        "buyer, '\"\"'",
        "buyer, null",
        "buyer, 7",
        "key, '\"\"'",
        "edgeId, '\"\"'",
        "counter, '\"sqlite\"'",
        "counter, 0",
        "saleId, '\"K7WQ2MZR5XV3TA6B\"'",
        "saleId, '\"short\"'",
        "saleId, 7",
        "orderId, '\"not-a-uuid\"'",
        "orderId, '\"1-2-3-4-5\"'",
        "receivedAt, '\"yesterday\"'",
        "receivedAt, 1e40",
        "at, -1e40",
        "at, '{}'",
        "elements, '{}'",
        "elements, '[null]'",
        "elements, '[7]'",
        "elements, '[[]]'",
    })
    void rejectsAnInvalidValue(String field, String value) {
        assertUndecodable(ORDER_PLACED, with(field, value));
    }

    @Test
    void rejectsTextThatIsTooLong() {
        assertUndecodable(ORDER_PLACED, with("buyer", quoted("x".repeat(Limits.NAME_LENGTH_MAX + 1))));
        assertUndecodable(ORDER_PLACED, with("key", quoted("x".repeat(Limits.KEY_LENGTH_MAX + 1))));
        assertUndecodable(ORDER_PLACED, with("edgeId", quoted("x".repeat(Limits.EDGE_ID_LENGTH_MAX + 1))));
        assertUndecodable(ORDER_PLACED, with("trace", quoted("x".repeat(Limits.TRACE_LENGTH_MAX + 1))));
    }

    @Test
    void rejectsNoElementAndTooMany() {
        assertUndecodable(ORDER_PLACED, withElements(0));
        assertUndecodable(ORDER_PLACED, withElements(Limits.MESSAGE_ELEMENTS_MAX + 1));
    }

    @Test
    void decodesTheMaximalNumberOfElements() throws Exception {
        byte[] full = withElements(Limits.MESSAGE_ELEMENTS_MAX).getBytes(StandardCharsets.UTF_8);

        assertThat(MessageCodec.decode(ORDER_PLACED, full).elements()).hasSize(Limits.MESSAGE_ELEMENTS_MAX);
    }

    @Test
    void rejectsTrailingTokens() {
        assertUndecodable(ORDER_PLACED, sample() + sample());
    }

    @Test
    void rejectsUnboundedNesting() {
        assertUndecodable(ORDER_PLACED, with("trace", "[".repeat(100_000)));
        assertUndecodable(ORDER_PLACED, "{\"unknown\":".repeat(100_000));
    }

    @Test
    void survivesRandomCorruption() {
        // Given
        var random = new Random(4711);
        byte[] whole = sample().getBytes(StandardCharsets.UTF_8);

        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }

            // When, Then: it is decoded or rejected, without any other exception
            try {
                assertThat(MessageCodec.decode(ORDER_PLACED, damaged).elements())
                        .hasSize(1);
            } catch (UndecodableMessageException refused) {
                assertThat(refused).hasMessageContaining(ORDER_PLACED);
            }
        }
    }

    private static String sample() {
        return new String(MessageCodec.encode(Samples.of(MessageType.ORDER_PLACED)), StandardCharsets.UTF_8);
    }

    /** The sample with one field's value replaced; every value of the sample is one token or the array of elements. */
    private static String with(String field, String value) {
        String valueForm = field.equals("elements") ? "\\[.*\\]" : "(\"[^\"]*\"|[^,}]+)";
        String changed = sample().replaceFirst(
                        quoted(field) + ":" + valueForm,
                        java.util.regex.Matcher.quoteReplacement(quoted(field) + ":" + value));
        assertThat(changed).isNotEqualTo(sample());
        return changed;
    }

    private static String withElements(int count) {
        String sample = sample();
        String element = sample.substring(sample.indexOf('[') + 1, sample.lastIndexOf(']'));
        return with("elements", "[" + String.join(",", Collections.nCopies(count, element)) + "]");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static void assertUndecodable(String wireType, String body) {
        assertUndecodable(wireType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUndecodable(String wireType, byte[] body) {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .as("%s <- %s", wireType, new String(body, 0, Math.min(300, body.length), StandardCharsets.UTF_8))
                .isThrownBy(() -> MessageCodec.decode(wireType, body));
    }
}
