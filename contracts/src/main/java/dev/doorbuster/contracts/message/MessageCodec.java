package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(Wire.class);
    private static final Map<MessageType, ObjectReader> READERS = readers();

    private MessageCodec() {}

    record Header(UUID id, String type, SaleId saleId, Instant at) {}

    record Wire<E>(Header header, List<E> elements) {}

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
            Header header = Require.present(wire.header(), "header");
            if (!type.wireName().equals(header.type())) {
                throw new IllegalArgumentException("header says " + header.type() + ", the property " + wireType);
            }
            return new Message(type, header.id(), header.saleId(), header.at(), wire.elements());
        } catch (IOException | IllegalArgumentException e) {
            throw new UndecodableMessageException("not a valid " + wireType + ": " + e.getMessage(), e);
        }
    }
}
