package dev.doorbuster.counter.redis;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.counter.Claims;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The claims of a sale in Redis: its orders, including released ones, and the quantity reserved by each buyer. */
public final class Reservations implements Claims {
    private final Set<UUID> orders;
    private final Map<String, Long> buyers;
    private final Map<UUID, Integer> takenOrders = new HashMap<>();
    private final Map<String, Long> takenBuyers = new HashMap<>();

    public Reservations(Set<UUID> orders, Map<String, Long> buyers) {
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

    /** To be written: quantity by order. */
    Map<UUID, Integer> takenOrders() {
        return takenOrders;
    }

    /** To be written: total reserved quantity by buyer. */
    Map<String, Long> takenBuyers() {
        return takenBuyers;
    }
}
