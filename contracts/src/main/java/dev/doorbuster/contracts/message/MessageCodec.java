package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages to bytes and back: JSON, {@code {"header":{…},"elements":[…]}}; unknown fields are ignored. */
public final class MessageCodec {
    public static final String CONTENT_TYPE = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            // No guessing: 1.5 units are not one unit, and "2" is not 2.
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, MessageCodec::textOnlyFromText)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Wire.class);
    private static final ObjectWriter ELEMENT_WRITER = MAPPER.writer();
    /** All of an encoded message but its elements; the header's values have fixed lengths, except for the type's name. */
    private static final int ENVELOPE_BYTES_MAX = 256;

    private static final Map<MessageType, ObjectReader> READERS = readers();

    private MessageCodec() {}

    record Header(UUID id, String type, SaleId saleId, Instant at) {}

    record Wire<E>(Header header, List<E> elements) {}

    private static void textOnlyFromText(MutableCoercionConfig text) {
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            text.setCoercion(shape, CoercionAction.Fail);
        }
    }

    private static Map<MessageType, ObjectReader> readers() {
        var readers = new EnumMap<MessageType, ObjectReader>(MessageType.class);
        for (MessageType type : MessageType.values()) {
            JavaType wire = MAPPER.getTypeFactory().constructParametricType(Wire.class, type.elementClass());
            readers.put(type, MAPPER.readerFor(wire));
        }
        return readers;
    }

    public static byte[] encode(Message message) {
        var header = new Header(message.id(), message.type().wireName(), message.sale(), message.sentAt());
        try {
            return WRITER.writeValueAsBytes(new Wire<>(header, message.elements()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a valid message can always be written", e);
        }
    }

    /** How many of the elements, from the first on, one message may carry; at least one. */
    static int fitting(List<? extends Element> elements) {
        int count = 0;
        long bytes = ENVELOPE_BYTES_MAX;
        while (count < elements.size() && count < Limits.MESSAGE_ELEMENTS_MAX) {
            bytes += encodedSize(elements.get(count));
            if (bytes > Limits.MESSAGE_BYTES_MAX && count > 0) {
                break;
            }
            count++;
        }
        return count;
    }

    /** With the comma behind it. */
    private static long encodedSize(Element element) {
        var size = new CountingOutputStream();
        try {
            ELEMENT_WRITER.writeValue(size, element);
        } catch (IOException e) {
            throw new IllegalStateException("a valid element can always be written", e);
        }
        return size.count() + 1;
    }

    /**
     * Reads a message.
     *
     * @param wireType the AMQP property {@code type}
     * @throws UndecodableMessageException where the type is unknown, the bytes are not its JSON, or a value is invalid
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
                throw new IllegalArgumentException("header says " + header.type() + ", the property " + wireType);
            }
            return new Message(type, header.id(), header.saleId(), header.at(), wire.elements());
        } catch (IOException | RuntimeException e) {
            // Whatever a parser throws at bytes from outside, the bytes are at fault: retrying would never end.
            throw new UndecodableMessageException("not a valid " + wireType + ": " + e.getMessage(), e);
        }
    }
}
