package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.doorbuster.contracts.message.OrderEvent.OrderConfirmed;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.UtcText;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * Encodes and decodes the most frequent elements of an order field by field: reflective binding took several times as long at
 * each hop. Format and strictness are those of the binding, which handles all other elements.
 */
final class OrderElementJson {
    private OrderElementJson() {}

    static SimpleModule module() {
        return new SimpleModule("doorbuster orders")
                .addSerializer(Instant.class, writer(OrderElementJson::write))
                .addDeserializer(Instant.class, reader(OrderElementJson::instant))
                .addSerializer(OrderPlaced.class, writer(OrderElementJson::write))
                .addDeserializer(OrderPlaced.class, reader(OrderElementJson::placed))
                .addSerializer(OrderGranted.class, writer(OrderElementJson::write))
                .addDeserializer(OrderGranted.class, reader(OrderElementJson::granted))
                .addSerializer(OrderAnswered.class, writer(OrderElementJson::write))
                .addDeserializer(OrderAnswered.class, reader(OrderElementJson::answered))
                .addSerializer(OrderConfirmed.class, writer(OrderElementJson::write))
                .addDeserializer(OrderConfirmed.class, reader(OrderElementJson::confirmed))
                .addSerializer(OrderView.class, writer(OrderElementJson::write))
                .addDeserializer(OrderView.class, reader(OrderElementJson::view));
    }

    private interface Write<T> {
        void write(T value, JsonGenerator to) throws IOException;
    }

    private interface Read<T> {
        T read(JsonFields from) throws IOException;
    }

    private static <T> JsonSerializer<T> writer(Write<T> write) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializerProvider provider) throws IOException {
                write.write(value, to);
            }
        };
    }

    private static <T> JsonDeserializer<T> reader(Read<T> read) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
                return read.read(new JsonFields(from, context));
            }
        };
    }

    private static void write(Instant value, JsonGenerator to) throws IOException {
        to.writeString(UtcText.of(value));
    }

    private static void write(OrderPlaced order, JsonGenerator to) throws IOException {
        to.writeStartObject();
        text(to, "requestId", order.requestId());
        text(to, "orderId", order.orderId());
        to.writeStringField("buyer", order.buyer());
        to.writeNumberField("quantity", order.quantity());
        to.writeStringField("key", order.key());
        to.writeStringField("counter", order.counter().wireName());
        to.writeNumberField("perBuyerLimit", order.perBuyerLimit());
        optional(to, "epoch", order.epoch());
        to.writeStringField("edgeId", order.edgeId());
        to.writeStringField("receivedAt", UtcText.of(order.receivedAt()));
        optional(to, "trace", order.trace());
        number(to, order.number());
        to.writeEndObject();
    }

    private static OrderPlaced placed(JsonFields from) throws IOException {
        UUID requestId = null;
        UUID orderId = null;
        String buyer = null;
        Integer quantity = null;
        String key = null;
        CounterKind counter = null;
        Integer perBuyerLimit = null;
        Long epoch = null;
        String edgeId = null;
        Instant receivedAt = null;
        String trace = null;
        Long stream = null;
        Long number = null;
        for (String field = from.first(); field != null; field = from.next()) {
            switch (field) {
                case "requestId" -> requestId = from.uuid();
                case "orderId" -> orderId = from.uuid();
                case "buyer" -> buyer = from.text();
                case "quantity" -> quantity = from.integer();
                case "key" -> key = from.text();
                case "counter" -> counter = from.named(CounterKind::of);
                case "perBuyerLimit" -> perBuyerLimit = from.integer();
                case "epoch" -> epoch = from.number();
                case "edgeId" -> edgeId = from.text();
                case "receivedAt" -> receivedAt = from.instant();
                case "trace" -> trace = from.text();
                case "stream" -> stream = from.number();
                case "number" -> number = from.number();
                default -> from.skip();
            }
        }
        return new OrderPlaced(
                requestId,
                orderId,
                buyer,
                Require.present(quantity, "quantity"),
                key,
                counter,
                Require.present(perBuyerLimit, "perBuyerLimit"),
                epoch,
                edgeId,
                receivedAt,
                trace,
                number(stream, number));
    }

    private static void write(OrderGranted order, JsonGenerator to) throws IOException {
        to.writeStartObject();
        text(to, "requestId", order.requestId());
        text(to, "orderId", order.orderId());
        to.writeStringField("buyer", order.buyer());
        to.writeNumberField("quantity", order.quantity());
        to.writeStringField("key", order.key());
        to.writeBooleanField("counted", order.counted());
        optional(to, "epoch", order.epoch());
        to.writeStringField("edgeId", order.edgeId());
        to.writeStringField("receivedAt", UtcText.of(order.receivedAt()));
        optional(to, "trace", order.trace());
        number(to, order.number());
        to.writeEndObject();
    }

    private static OrderGranted granted(JsonFields from) throws IOException {
        UUID requestId = null;
        UUID orderId = null;
        String buyer = null;
        Integer quantity = null;
        String key = null;
        Boolean counted = null;
        Long epoch = null;
        String edgeId = null;
        Instant receivedAt = null;
        String trace = null;
        Long stream = null;
        Long number = null;
        for (String field = from.first(); field != null; field = from.next()) {
            switch (field) {
                case "requestId" -> requestId = from.uuid();
                case "orderId" -> orderId = from.uuid();
                case "buyer" -> buyer = from.text();
                case "quantity" -> quantity = from.integer();
                case "key" -> key = from.text();
                case "counted" -> counted = from.flag();
                case "epoch" -> epoch = from.number();
                case "edgeId" -> edgeId = from.text();
                case "receivedAt" -> receivedAt = from.instant();
                case "trace" -> trace = from.text();
                case "stream" -> stream = from.number();
                case "number" -> number = from.number();
                default -> from.skip();
            }
        }
        return new OrderGranted(
                requestId,
                orderId,
                buyer,
                Require.present(quantity, "quantity"),
                key,
                Require.present(counted, "counted"),
                epoch,
                edgeId,
                receivedAt,
                trace,
                number(stream, number));
    }

    private static void write(OrderAnswered answer, JsonGenerator to) throws IOException {
        to.writeStartObject();
        text(to, "requestId", answer.requestId());
        text(to, "orderId", answer.orderId());
        to.writeStringField("verdict", answer.verdict().name());
        optional(to, "reason", answer.reason() == null ? null : answer.reason().wireName());
        if (answer.order() != null) {
            to.writeFieldName("order");
            write(answer.order(), to);
        }
        to.writeBooleanField("replayed", answer.replayed());
        optional(to, "trace", answer.trace());
        to.writeEndObject();
    }

    private static OrderAnswered answered(JsonFields from) throws IOException {
        UUID requestId = null;
        UUID orderId = null;
        OrderAnswered.Verdict verdict = null;
        RefusalReason reason = null;
        OrderView order = null;
        Boolean replayed = null;
        String trace = null;
        for (String field = from.first(); field != null; field = from.next()) {
            switch (field) {
                case "requestId" -> requestId = from.uuid();
                case "orderId" -> orderId = from.uuid();
                case "verdict" -> verdict = from.named(OrderAnswered.Verdict::valueOf);
                case "reason" -> reason = from.named(RefusalReason::of);
                case "order" -> order = from.isNull() ? null : view(from);
                case "replayed" -> replayed = from.flag();
                case "trace" -> trace = from.text();
                default -> from.skip();
            }
        }
        return new OrderAnswered(
                requestId, orderId, verdict, reason, order, Require.present(replayed, "replayed"), trace);
    }

    private static void write(OrderConfirmed event, JsonGenerator to) throws IOException {
        to.writeStartObject();
        to.writeFieldName("order");
        write(event.order(), to);
        optional(to, "trace", event.trace());
        to.writeEndObject();
    }

    private static OrderConfirmed confirmed(JsonFields from) throws IOException {
        OrderView order = null;
        String trace = null;
        for (String field = from.first(); field != null; field = from.next()) {
            switch (field) {
                case "order" -> order = from.isNull() ? null : view(from);
                case "trace" -> trace = from.text();
                default -> from.skip();
            }
        }
        return new OrderConfirmed(order, trace);
    }

    private static void write(OrderView order, JsonGenerator to) throws IOException {
        to.writeStartObject();
        text(to, "id", order.id());
        to.writeStringField("saleId", order.saleId().value());
        to.writeStringField("buyer", order.buyer());
        to.writeNumberField("quantity", order.quantity());
        to.writeStringField("status", order.status().name());
        optional(to, "reason", order.reason() == null ? null : order.reason().wireName());
        to.writeNumberField("totalCents", order.totalCents());
        to.writeStringField("placedAt", UtcText.of(order.placedAt()));
        optional(to, "holdExpiresAt", order.holdExpiresAt() == null ? null : UtcText.of(order.holdExpiresAt()));
        to.writeEndObject();
    }

    private static OrderView view(JsonFields from) throws IOException {
        UUID id = null;
        SaleId saleId = null;
        String buyer = null;
        Integer quantity = null;
        OrderStatus status = null;
        RefusalReason reason = null;
        Long totalCents = null;
        Instant placedAt = null;
        Instant holdExpiresAt = null;
        for (String field = from.first(); field != null; field = from.next()) {
            switch (field) {
                case "id" -> id = from.uuid();
                case "saleId" -> saleId = from.named(SaleId::new);
                case "buyer" -> buyer = from.text();
                case "quantity" -> quantity = from.integer();
                case "status" -> status = from.named(OrderStatus::valueOf);
                case "reason" -> reason = from.named(RefusalReason::of);
                case "totalCents" -> totalCents = from.number();
                case "placedAt" -> placedAt = from.instant();
                case "holdExpiresAt" -> holdExpiresAt = from.instant();
                default -> from.skip();
            }
        }
        return new OrderView(
                id,
                saleId,
                buyer,
                Require.present(quantity, "quantity"),
                status,
                reason,
                Require.present(totalCents, "totalCents"),
                placedAt,
                holdExpiresAt);
    }

    private static Instant instant(JsonFields from) throws IOException {
        return from.instant();
    }

    private static void text(JsonGenerator to, String name, UUID value) throws IOException {
        to.writeStringField(name, value.toString());
    }

    private static void number(JsonGenerator to, OrderNumber number) throws IOException {
        if (number != null) {
            to.writeNumberField("stream", number.stream());
            to.writeNumberField("number", number.number());
        }
    }

    private static OrderNumber number(Long stream, Long number) {
        return stream == null || number == null ? null : new OrderNumber(stream, number);
    }

    private static void optional(JsonGenerator to, String name, String value) throws IOException {
        if (value != null) {
            to.writeStringField(name, value);
        }
    }

    private static void optional(JsonGenerator to, String name, Long value) throws IOException {
        if (value != null) {
            to.writeNumberField(name, value);
        }
    }
}
