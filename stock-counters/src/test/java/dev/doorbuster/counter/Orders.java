package dev.doorbuster.counter;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Orders as placed by an edge. */
public record Orders(CounterKind counter, int perBuyerLimit) {
    public static final String EDGE = "edge-1";
    /** The epoch that the edge has read. */
    public static final long EPOCH = 1;

    public static SaleId newSale() {
        return SaleId.random(new SecureRandom());
    }

    public OrderPlaced by(String buyer, int quantity) {
        return placed(UUID.randomUUID(), UUID.randomUUID(), buyer, quantity);
    }

    public OrderPlaced by(String buyer) {
        return by(buyer, 1);
    }

    /** One order of one unit for each of {@code count} buyers. */
    public List<OrderPlaced> crowd(String name, int buyers) {
        return IntStream.range(0, buyers).mapToObj(i -> by(name + "-" + i)).toList();
    }

    /** A new request for the same order. */
    public OrderPlaced again(OrderPlaced placed) {
        return placed(UUID.randomUUID(), placed.orderId(), placed.buyer(), placed.quantity());
    }

    public ClaimReleased released(OrderPlaced placed) {
        return new ClaimReleased(placed.orderId(), placed.buyer(), placed.quantity(), counter);
    }

    private OrderPlaced placed(UUID request, UUID order, String buyer, int quantity) {
        return new OrderPlaced(
                request, order, buyer, quantity, "key", counter, perBuyerLimit, EPOCH, EDGE, Instant.now(), null, null);
    }
}
