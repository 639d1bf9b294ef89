package dev.doorbuster.counter.redis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The result of releasing reservations. The buyer's total is lowered by the quantity of the reservation, not of the message,
 * and only once: a tombstone has quantity 0. An unknown order gets a tombstone, too, so that it is not counted if it is
 * delivered again.
 *
 * @param orders whose reservations become tombstones
 * @param buyers to be written: total reserved quantity by buyer
 */
record Tombstones(Set<UUID> orders, Map<String, Long> buyers) {
    /**
     * Pure.
     *
     * @param buyerByOrder the released orders
     * @param reserved quantity by order, 0 for a tombstone; unknown orders are missing
     * @param sums total reserved quantity by buyer
     */
    static Tombstones of(Map<UUID, String> buyerByOrder, Map<UUID, Long> reserved, Map<String, Long> sums) {
        var orders = new HashSet<UUID>();
        var buyers = new HashMap<String, Long>();
        buyerByOrder.forEach((order, buyer) -> {
            Long quantity = reserved.get(order);
            if (quantity == null || quantity > 0) {
                orders.add(order);
            }
            if (quantity != null && quantity > 0) {
                long has = buyers.getOrDefault(buyer, sums.getOrDefault(buyer, 0L));
                buyers.put(buyer, Math.max(0, has - quantity));
            }
        });
        return new Tombstones(orders, buyers);
    }
}
