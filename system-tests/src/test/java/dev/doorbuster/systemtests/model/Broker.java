package dev.doorbuster.systemtests.model;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Queues that keep confirmed messages; a publication whose confirm was lost is repeated. */
final class Broker {
    /** A queue of the sale's partition. */
    enum Line {
        ENTRANCE,
        LEDGER,
        COUNTS,
        CLAIMS
    }

    /** A message in a queue; a repeated publication is another one. */
    static final class Delivery {
        private final Message message;
        private boolean again;

        Delivery(Message message) {
            this.message = message;
        }

        Message message() {
            return message;
        }

        /** Redelivered. */
        boolean isRedelivered() {
            return again;
        }
    }

    private final World world;
    private final Map<Line, List<Delivery>> lines = new EnumMap<>(Line.class);
    private final List<Message> late = new ArrayList<>();

    Broker(World world) {
        this.world = world;
        for (Line line : Line.values()) {
            lines.put(line, new ArrayList<>());
        }
    }

    /** Confirmed, possibly after repetitions. */
    void publish(Message message) {
        arrive(message);
        if (world.chaos().strikes(Fault.DUPLICATE)) {
            world.note("published once more: %s", message.elements());
            late.add(message);
        }
    }

    /** Markers have no other type in the ledger's queue. */
    void publishToLedger(Message message) {
        world.note("  to the ledger %s", message.elements());
        put(Line.LEDGER, message);
    }

    /** Loses an order, or a marker, that was confirmed. */
    void lose() {
        List<Delivery> waiting = lines.get(world.random().nextBoolean() ? Line.ENTRANCE : Line.LEDGER);
        List<Delivery> orders = waiting.stream().filter(Broker::mayBeLost).toList();
        if (!orders.isEmpty()) {
            Delivery lost = world.oneOf(orders);
            world.note("FAULT the broker loses %s", lost.message().elements());
            waiting.remove(lost);
            world.chaos().brokerLost();
        }
    }

    /**
     * Not a redelivered decision: a ledger may have crashed between its commit and its publications, so that the order is
     * decided and only its events are missing.
     */
    private static boolean mayBeLost(Delivery delivery) {
        return switch (delivery.message().type()) {
            case ORDER_PLACED, SALE_MARKER -> true;
            case ORDER_GRANTED -> !delivery.isRedelivered();
            default -> false;
        };
    }

    private void arrive(Message message) {
        world.note("  published %s", message.elements());
        switch (message.type()) {
            case ORDER_PLACED, SALE_MARKER -> put(Line.ENTRANCE, message);
            case ORDER_GRANTED,
                    ORDER_PAYMENT,
                    ORDER_CANCEL,
                    ORDER_HOLD_OVER,
                    SALE_CHANGE,
                    SALE_OPEN,
                    SALE_CLOSE,
                    SALE_RECOUNT -> put(Line.LEDGER, message);
            case SALE_COUNTED -> put(Line.COUNTS, message);
            case CLAIM_RELEASED -> {
                if (!world.plan().breaks(Mutation.NEVER_RELEASES_CLAIMS)) {
                    put(Line.CLAIMS, message);
                }
            }
            default -> world.promises().published(message);
        }
    }

    /** Publishes without a confirm: answers and announcements. */
    void tell(Message message) {
        if (world.chaos().strikes(Fault.ANSWER_LOST)) {
            world.note("lost: %s", message.elements());
        } else if (message.type() == MessageType.ORDER_ANSWERED || message.type() == MessageType.SALE_MARKER) {
            world.edges().answered(message);
        } else if (message.type() == MessageType.SALE_ANSWERED) {
            world.operator().answered(message);
        } else if (message.type() == MessageType.SALE_ANNOUNCED) {
            world.edges().announced();
        }
    }

    private void put(Line line, Message message) {
        lines.get(line).add(new Delivery(message));
    }

    boolean holds(Line line) {
        return !lines.get(line).isEmpty();
    }

    List<Delivery> take(Line line, int max) {
        List<Delivery> waiting = lines.get(line);
        List<Delivery> head = waiting.subList(0, Math.min(max, waiting.size()));
        var taken = new ArrayList<>(head);
        head.clear();
        return taken;
    }

    void takeBack(Line line, List<Delivery> unacknowledged, boolean toTheTail) {
        unacknowledged.forEach(each -> each.again = true);
        List<Delivery> waiting = lines.get(line);
        waiting.addAll(toTheTail ? waiting.size() : 0, unacknowledged);
    }

    boolean hasLate() {
        return !late.isEmpty();
    }

    /** One of the repeated publications arrived. */
    void lateArrives() {
        arrive(late.remove(0));
    }
}
