package dev.doorbuster.deadletters;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.value.OrderNumber;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reports that an operator gave up orders: otherwise each verification of their sale would find them missing. */
final class DiscardedOrders {
    private DiscardedOrders() {}

    /** None for a message without numbered orders, or one that cannot be decoded. */
    static List<Message> reports(FetchedDeadLetter discarded) {
        try {
            Message message = MessageCodec.decode(discarded.properties().getType(), discarded.body());
            List<OrderNumber> numbers =
                    numbers(message).filter(Objects::nonNull).toList();
            return Message.split(message.sale(), SaleMarker.ofDecided("discarded", numbers));
        } catch (UndecodableMessageException e) {
            return List.of();
        }
    }

    private static Stream<OrderNumber> numbers(Message message) {
        return switch (message.type()) {
            case ORDER_PLACED -> message.elements(OrderPlaced.class).stream().map(OrderPlaced::number);
            case ORDER_GRANTED -> message.elements(OrderGranted.class).stream().map(OrderGranted::number);
            default -> Stream.empty();
        };
    }
}
