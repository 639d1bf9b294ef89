package dev.doorbuster.crowd.judge.evidence;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the broker delivered and what it still has.
 *
 * @param events all that were published about orders, repeats included
 * @param messagesLeft by queue, when no request was under way any more
 */
public record BrokerSnapshot(List<PublishedEvent> events, Map<String, Long> messagesLeft) {
    public BrokerSnapshot {
        events = List.copyOf(events);
        messagesLeft = Map.copyOf(messagesLeft);
    }

    /** Without the events of these orders. */
    public BrokerSnapshot without(Set<String> orders) {
        return new BrokerSnapshot(
                events.stream().filter(event -> !orders.contains(event.order())).toList(), messagesLeft);
    }

    /**
     * One order's part of a message.
     *
     * @param type such as {@code order.confirmed}
     */
    public record PublishedEvent(String type, String order, String status) {}
}
