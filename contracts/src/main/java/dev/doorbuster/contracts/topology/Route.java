package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.SaleId;
import java.time.Duration;

/** An exchange and a routing key. */
public record Route(String exchange, String routingKey) {
    /** For orders and markers; {@code sale.marker} has the orders' routing key, so that it keeps its position among them. */
    public static Route entrance(SaleId sale) {
        return new Route(DoorbusterTopology.ENTRANCE, partitioned(MessageType.ORDER_PLACED.topic(), sale));
    }

    public static Route command(MessageType type, SaleId sale) {
        return new Route(DoorbusterTopology.COMMANDS, partitioned(type.topic(), sale));
    }

    public static Route event(MessageType type, SaleId sale) {
        return new Route(DoorbusterTopology.EVENTS, type.topic() + "." + sale);
    }

    /** Visits go to the queue of the live statistics only: subscribers of events are not bound to them. */
    public static Route visits() {
        return new Route(DoorbusterTopology.NOTIFICATIONS, DoorbusterTopology.PULSE_QUEUE);
    }

    /** What is told by mail alone goes to the queue of e-mail only. */
    public static Route mails() {
        return new Route(DoorbusterTopology.NOTIFICATIONS, DoorbusterTopology.EMAIL_QUEUE);
    }

    /** To the edge with the buyer's pending request. */
    public static Route reply(String edgeId) {
        return new Route(DoorbusterTopology.REPLIES, edgeId);
    }

    public static Route announcement() {
        return new Route(DoorbusterTopology.ANNOUNCEMENTS, "");
    }

    /** To the dead-letter queue for messages of this queue. */
    public static Route deadLetter(String queue) {
        String why = isNotifiers(queue) ? DoorbusterTopology.UNDELIVERED : DoorbusterTopology.REFUSED;
        return new Route(DoorbusterTopology.DEAD_LETTERS, why + "." + queue);
    }

    /** To the retry queue in which a notification waits for {@code delay}. */
    public static Route later(String queue, Duration delay) {
        return new Route(DoorbusterTopology.NOTIFICATIONS, queue + ".retry." + delay.toMillis());
    }

    /**
     * The route of a redelivery to this queue: the original route, but an event goes to the one queue only, because the others
     * have already received it.
     */
    public static Route again(String queue, Route met) {
        return isNotifiers(queue) ? new Route(DoorbusterTopology.NOTIFICATIONS, queue) : met;
    }

    private static boolean isNotifiers(String queue) {
        return queue.startsWith(DoorbusterTopology.NOTIFIER + ".");
    }

    /** The command route for the message's type and sale. */
    public static Route command(Message message) {
        return command(message.type(), message.sale());
    }

    private static String partitioned(String topic, SaleId sale) {
        return topic + "." + sale.partition() + "." + sale;
    }
}
