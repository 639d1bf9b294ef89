package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Encodes and decodes messages as JSON, {@code {"header":{…},"elements":[…]}}; unknown fields are ignored. */
public final class MessageCodec {
    public static final String CONTENT_TYPE = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // four bytes instead of two escapes of six
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .addModule(OrderElementJson.module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            // Strict: 1.5 is not an integer, and "2" is not a number.
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, MessageCodec::textOnlyFromText)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private static final ObjectWriter HEADER_WRITER = MAPPER.writerFor(Header.class);
    private static final byte[] HEADER_NAME = "{\"header\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ELEMENTS_NAME = ",\"elements\":".getBytes(StandardCharsets.US_ASCII);
    private static final int ELEMENT_BYTES_USUAL = 384;
    /** Size of an encoded message without its elements; the header's values have fixed lengths, except for the type's name. */
    private static final int ENVELOPE_BYTES_MAX = 256;

    private static final Map<MessageType, ObjectReader> READERS = byType(
            type -> MAPPER.readerFor(MAPPER.getTypeFactory().constructParametricType(Wire.class, type.elementClass())));
    private static final Map<MessageType, ObjectWriter> ELEMENT_WRITERS =
            byType(type -> MAPPER.writerFor(type.elementClass()));

    private MessageCodec() {}

    record Header(UUID id, String type, SaleId saleId, Instant at) {}

    record Wire<E>(Header header, List<E> elements) {}

    private static void textOnlyFromText(MutableCoercionConfig text) {
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            text.setCoercion(shape, CoercionAction.Fail);
        }
    }

    private static <T> Map<MessageType, T> byType(Function<MessageType, T> value) {
        return Arrays.stream(MessageType.values())
                .collect(Collectors.toMap(
                        Function.identity(), value, (one, other) -> one, () -> new EnumMap<>(MessageType.class)));
    }

    public static byte[] encode(Message message) {
        var header = new Header(message.id(), message.type().wireName(), message.sale(), message.sentAt());
        byte[] elements = message.encodedElements();
        try (var body = new ByteArrayOutputStream(ENVELOPE_BYTES_MAX + elements.length)) {
            body.write(HEADER_NAME);
            body.write(HEADER_WRITER.writeValueAsBytes(header));
            body.write(ELEMENTS_NAME);
            body.write(elements);
            body.write('}');
            return body.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("a valid message can always be written", e);
        }
    }

    /**
     * The elements that fit into one message.
     *
     * @param count number of elements from the first; at least one
     * @param encoded these elements as a JSON array
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fitting(int count, byte[] encoded) {}

    /** The longest prefix of the elements that fits into one message. */
    static Fitting fitting(List<? extends Element> elements) {
        return encode(elements, Limits.MESSAGE_BYTES_MAX - ENVELOPE_BYTES_MAX);
    }

    /** All elements as a JSON array. */
    static byte[] encodeElements(List<? extends Element> elements) {
        return encode(elements, Integer.MAX_VALUE).encoded();
    }

    private static Fitting encode(List<? extends Element> elements, int bytesMax) {
        int count = 0;
        int countMax = Math.min(elements.size(), Limits.MESSAGE_ELEMENTS_MAX);
        var bytes = new ByteArrayBuilder(ELEMENT_BYTES_USUAL * countMax);
        ObjectWriter writer = ELEMENT_WRITERS.get(MessageType.of(elements.get(0)));
        try (JsonGenerator to = MAPPER.createGenerator(bytes)) {
            to.writeStartArray();
            int fitting = 0;
            while (count < countMax) {
                writer.writeValue(to, elements.get(count));
                to.flush();
                if (bytes.size() >= bytesMax && count > 0) {
                    byte[] all = bytes.toByteArray();
                    byte[] array = Arrays.copyOf(all, fitting + 1);
                    array[fitting] = ']';
                    return new Fitting(count, array);
                }
                fitting = bytes.size();
                count++;
            }
            to.writeEndArray();
            to.flush();
            return new Fitting(count, bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("a valid element can always be written", e);
        }
    }

    /**
     * Decodes a message.
     *
     * @param wireType the AMQP property {@code type}
     * @throws UndecodableMessageException if the type is unknown, the bytes are not its JSON, or a value is invalid
     */
    public static Message decode(String wireType, byte[] body) throws UndecodableMessageException {
        MessageType type = MessageType.ofWireName(wireType);
        if (type == null) {
            throw new UndecodableMessageException("unknown message type: " + wireType, null);
        }
        try {
            Wire<? extends Element> wire = READERS.get(type).readValue(body);
            Require.present(wire, "everything");
            Header header = Require.present(wire.header(), "header");
            if (!type.wireName().equals(header.type())) {
                throw new IllegalArgumentException(
                        "the header has type " + header.type() + ", the property " + wireType);
            }
            return new Message(type, header.id(), header.saleId(), header.at(), wire.elements());
        } catch (IOException | RuntimeException e) {
            // Any parser exception means invalid bytes: a retry would never succeed.
            throw new UndecodableMessageException("not a valid " + wireType + ": " + e.getMessage(), e);
        }
    }

    /** The bytes are not a valid message; a retry cannot help. */
    public static final class UndecodableMessageException extends Exception {
        public UndecodableMessageException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
