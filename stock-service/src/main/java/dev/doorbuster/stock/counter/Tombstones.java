package dev.doorbuster.stock.counter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What releasing makes of reservations. The buyer is given back what the reservation says, not what the message says, and
 * only once: after that the reservation says nothing. An order the counter does not know gets a tombstone too, so that it
 * will not be counted should it be delivered again.
 *
 * @param orders whose reservations become tombstones
 * @param buyers to be written: buyer to all that he has reserved now
 */
record Tombstones(Set<UUID> orders, Map<String, Long> buyers) {
    /**
     * Pure.
     *
     * @param buyerByOrder what is released
     * @param reserved quantity by order, 0 for a tombstone; what is not known is not in it
     * @param sums what each buyer has reserved
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
