package dev.doorbuster.contracts.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One type, one sale, 1..256 elements.
 *
 * @param id also the AMQP message-id; a republished message keeps it
 * @param sentAt when it was first made
 */
public record Message(MessageType type, UUID id, SaleId sale, Instant sentAt, List<? extends Element> elements) {
    public Message {
        Require.present(type, "type");
        Require.present(id, "id");
        Require.present(sale, "saleId");
        Require.present(sentAt, "sentAt");
        Require.present(elements, "elements");
        Require.range(elements.size(), 1, Limits.MESSAGE_ELEMENTS_MAX, "the number of elements");
        for (Element element : elements) {
            if (!type.elementClass().isInstance(element)) {
                throw new IllegalArgumentException(type.wireName() + " cannot carry "
                        + (element == null ? null : element.getClass().getSimpleName()));
            }
        }
        elements = List.copyOf(elements);
    }

    public static Message of(SaleId sale, List<? extends Element> elements) {
        return new Message(MessageType.of(elements.get(0)), UUID.randomUUID(), sale, Instant.now(), elements);
    }

    public static Message of(SaleId sale, Element element) {
        return of(sale, List.of(element));
    }

    /** The same elements, in order, in messages that keep to the limits on number and on encoded size; none for none. */
    public static List<Message> split(SaleId sale, List<? extends Element> elements) {
        var messages = new ArrayList<Message>();
        int from = 0;
        while (from < elements.size()) {
            int to = from + MessageCodec.fitting(elements.subList(from, elements.size()));
            messages.add(of(sale, elements.subList(from, to)));
            from = to;
        }
        return messages;
    }

    /** The same message with some of its elements: how a culprit is found by halving. */
    public Message with(List<? extends Element> some) {
        return new Message(type, id, sale, sentAt, some);
    }

    public <E extends Element> List<E> elements(Class<E> as) {
        return elements.stream().map(as::cast).toList();
    }
}
