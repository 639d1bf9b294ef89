package dev.doorbuster.cli.chaos.check;

import java.util.List;
import java.util.Map;

/**
 * What the broker said.
 *
 * @param events all that was published about orders, repeats included
 * @param left messages in each queue when all was quiet
 */
public record Wire(List<Event> events, Map<String, Long> left) {
    public Wire {
        events = List.copyOf(events);
        left = Map.copyOf(left);
    }

    /**
     * One order's part of one message.
     *
     * @param type such as {@code order.confirmed}
     */
    public record Event(String type, String order, String status) {}
}
