package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleId;
import java.time.Duration;

/** Where a message goes: an exchange and a routing key. */
public record Route(String exchange, String routingKey) {
    /** Orders and markers enter here; {@code sale.marker} shares the orders' key so as to keep its place among them. */
    public static Route entrance(SaleId sale) {
        return new Route(DoorbusterTopology.ENTRANCE, partitioned(MessageType.ORDER_PLACED.topic(), sale));
    }

    public static Route command(MessageType type, SaleId sale) {
        return new Route(DoorbusterTopology.COMMANDS, partitioned(type.topic(), sale));
    }

    public static Route event(MessageType type, SaleId sale) {
        return new Route(DoorbusterTopology.EVENTS, type.topic() + "." + sale);
    }

    /** To the one edge that holds the buyer's request. */
    public static Route reply(String edgeId) {
        return new Route(DoorbusterTopology.REPLIES, edgeId);
    }

    public static Route announcement() {
        return new Route(DoorbusterTopology.ANNOUNCEMENTS, "");
    }

    /** Of a message of this queue that is to stay until somebody looks. */
    public static Route deadLetter(String queue) {
        String why = isNotifiers(queue) ? DoorbusterTopology.UNDELIVERED : DoorbusterTopology.REFUSED;
        return new Route(DoorbusterTopology.DEAD_LETTERS, why + "." + queue);
    }

    /** To where a notification waits before it comes to its queue again. */
    public static Route later(String queue, Duration delay) {
        return new Route(DoorbusterTopology.NOTIFICATIONS, queue + ".retry." + delay.toMillis());
    }

    /**
     * By which a message comes to this queue again: the way it had come, but an event to its one queue only, for the others
     * have had it.
     */
    public static Route again(String queue, Route met) {
        return isNotifiers(queue) ? new Route(DoorbusterTopology.NOTIFICATIONS, queue) : met;
    }

    private static boolean isNotifiers(String queue) {
        return queue.startsWith(DoorbusterTopology.NOTIFIER + ".");
    }

    /** The command route of a message by its own type and sale. */
    public static Route command(Message message) {
        return command(message.type(), message.sale());
    }

    private static String partitioned(String topic, SaleId sale) {
        return topic + "." + sale.partition() + "." + sale;
    }
}
