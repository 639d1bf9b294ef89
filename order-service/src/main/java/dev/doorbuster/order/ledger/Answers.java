package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.Publisher.Addressed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the edges are told after a commit, grouped by edge. Every copy of an order is answered, for each has its waiter. */
final class Answers {
    private Answers() {}

    static List<Addressed> of(List<Message> messages, SaleBook book) {
        Map<String, List<OrderAnswered>> ofEdge = new LinkedHashMap<>();
        for (Message message : messages) {
            switch (message.type()) {
                case ORDER_GRANTED -> {
                    for (OrderGranted granted : message.elements(OrderGranted.class)) {
                        ofEdge.computeIfAbsent(granted.edgeId(), edge -> new ArrayList<>())
                                .add(decision(granted, book.order(granted.orderId())));
                    }
                }
                default -> {}
            }
        }
        var answers = new ArrayList<Addressed>();
        ofEdge.forEach((edge, answered) -> Message.split(book.before().saleId(), answered)
                .forEach(message -> answers.add(new Addressed(Route.reply(edge), message))));
        return answers;
    }

    /** Markers go back to their edges once all that came before them is done. */
    static List<Addressed> markers(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() == MessageType.SALE_MARKER)
                .flatMap(message -> message.elements(SaleMarker.class).stream()
                        .map(marker -> new Addressed(Route.reply(marker.edgeId()), Message.of(message.sale(), marker))))
                .toList();
    }

    private static OrderAnswered decision(OrderGranted granted, OrderRow row) {
        return new OrderAnswered(
                granted.requestId(),
                granted.orderId(),
                row.order().accepted() ? Verdict.ACCEPTED : Verdict.REJECTED,
                row.view().reason(),
                row.view(),
                !row.firstBroughtBy(granted.requestId()));
    }
}
