package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.message.OrderPlaced;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The claims of a Redis-backed sale: its orders, released ones included, and how much each buyer has reserved. */
final class Reservations implements Claims {
    private final Set<UUID> orders;
    private final Map<String, Long> buyers;
    private final Map<UUID, Integer> takenOrders = new HashMap<>();
    private final Map<String, Long> takenBuyers = new HashMap<>();

    Reservations(Set<UUID> orders, Map<String, Long> buyers) {
        this.orders = orders;
        this.buyers = buyers;
    }

    @Override
    public boolean knows(OrderPlaced placed) {
        return orders.contains(placed.orderId()) || takenOrders.containsKey(placed.orderId());
    }

    @Override
    public boolean limitReached(OrderPlaced placed) {
        return reservedBy(placed.buyer()) + placed.quantity() > placed.perBuyerLimit();
    }

    @Override
    public void take(OrderPlaced placed) {
        takenOrders.put(placed.orderId(), placed.quantity());
        takenBuyers.put(placed.buyer(), reservedBy(placed.buyer()) + placed.quantity());
    }

    private long reservedBy(String buyer) {
        return takenBuyers.getOrDefault(buyer, buyers.getOrDefault(buyer, 0L));
    }

    /** To be written: order to quantity. */
    Map<UUID, Integer> takenOrders() {
        return takenOrders;
    }

    /** To be written: buyer to all that he has reserved now. */
    Map<String, Long> takenBuyers() {
        return takenBuyers;
    }
}
