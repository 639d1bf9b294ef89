package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleId;

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
        return new Route(DoorbusterTopology.DEAD_LETTERS, DoorbusterTopology.REFUSED + "." + queue);
    }

    /** The command route of a message by its own type and sale. */
    public static Route command(Message message) {
        return command(message.type(), message.sale());
    }

    private static String partitioned(String topic, SaleId sale) {
        return topic + "." + sale.partition() + "." + sale;
    }
}
