package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

public final class Message {
    private final MessageType type;
    private final UUID id;
    private final SaleId sale;
    private final Instant sentAt;
    private final List<? extends Element> elements;
    /** The elements as JSON, if {@link #split} has encoded them; else null. */
    private final byte[] encodedElements;

    /**
     * @param id also the AMQP message-id; a republished message keeps it
     * @param sentAt when it was first created
     */
    public Message(MessageType type, UUID id, SaleId sale, Instant sentAt, List<? extends Element> elements) {
        this(type, id, sale, sentAt, elements, null);
    }

    private Message(
            MessageType type,
            UUID id,
            SaleId sale,
            Instant sentAt,
            List<? extends Element> elements,
            byte[] encodedElements) {
        this.type = Require.present(type, "type");
        this.id = Require.present(id, "id");
        this.sale = Require.present(sale, "saleId");
        this.sentAt = Require.present(sentAt, "sentAt");
        Require.present(elements, "elements");
        Require.range(elements.size(), 1, Limits.MESSAGE_ELEMENTS_MAX, "the number of elements");
        for (Element element : elements) {
            if (!type.elementClass().isInstance(element)) {
                throw new IllegalArgumentException(type.wireName() + " cannot carry "
                        + (element == null ? null : element.getClass().getSimpleName()));
            }
        }
        this.elements = List.copyOf(elements);
        this.encodedElements = encodedElements;
    }

    public static Message of(SaleId sale, List<? extends Element> elements) {
        return new Message(MessageType.of(elements.get(0)), UUID.randomUUID(), sale, Instant.now(), elements);
    }

    public static Message of(SaleId sale, Element element) {
        return of(sale, List.of(element));
    }

    /** Splits the elements, in order, into messages within the limits of number and encoded size; none for no elements. */
    public static List<Message> split(SaleId sale, List<? extends Element> elements) {
        var messages = new ArrayList<Message>();
        int from = 0;
        while (from < elements.size()) {
            List<? extends Element> rest = elements.subList(from, elements.size());
            MessageCodec.Fitting fitting = MessageCodec.fitting(rest);
            messages.add(new Message(
                    MessageType.of(rest.get(0)),
                    UUID.randomUUID(),
                    sale,
                    Instant.now(),
                    rest.subList(0, fitting.count()),
                    fitting.encoded()));
            from += fitting.count();
        }
        return messages;
    }

    public MessageType type() {
        return type;
    }

    public UUID id() {
        return id;
    }

    public SaleId sale() {
        return sale;
    }

    public Instant sentAt() {
        return sentAt;
    }

    public List<? extends Element> elements() {
        return elements;
    }

    /** Sales beside its own whose messages before it are handled before it. */
    public List<SaleId> followedSales() {
        return type == MessageType.SALE_MARKER
                ? elements(SaleMarker.class).stream()
                        .flatMap(marker -> marker.sales().stream())
                        .toList()
                : List.of();
    }

    byte[] encodedElements() {
        return encodedElements == null ? MessageCodec.encodeElements(elements) : encodedElements;
    }

    /** The same message with some of its elements; used to isolate an invalid element by halving. */
    public Message with(List<? extends Element> some) {
        return new Message(type, id, sale, sentAt, some);
    }

    public <E extends Element> List<E> elements(Class<E> as) {
        return elements.stream().map(as::cast).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message
                && type == message.type
                && id.equals(message.id)
                && sale.equals(message.sale)
                && sentAt.equals(message.sentAt)
                && elements.equals(message.elements);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Message[" + type.wireName() + ", id=" + id + ", sale=" + sale + ", sentAt=" + sentAt + ", elements="
                + elements + "]";
    }
}
