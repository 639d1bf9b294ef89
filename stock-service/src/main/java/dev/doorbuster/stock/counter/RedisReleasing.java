package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.SaleId;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes tombstones of reservations. The buyer is given back what the reservation says, not what the message says, and only
 * once: after that the reservation says nothing. An order the counter does not know gets a tombstone too, so that it will
 * not be counted should it be delivered again.
 */
final class RedisReleasing {
    private static final String TOMBSTONE = "0";

    private final SaleId sale;
    private final Map<UUID, String> buyerByOrder = new LinkedHashMap<>();

    RedisReleasing(SaleId sale, List<ClaimReleased> released) {
        this.sale = sale;
        released.forEach(each -> buyerByOrder.put(each.orderId(), each.buyer()));
    }

    List<Request> commands() {
        return List.of(
                RedisReading.fields(RedisKeys.reservations(sale), buyerByOrder.keySet()),
                RedisReading.fields(RedisKeys.buyers(sale), buyerByOrder.values()));
    }

    List<Request> writes(List<Response> replies, Duration kept) {
        var tombstones = new HashMap<UUID, String>();
        var buyers = new HashMap<String, Long>();
        int i = 0;
        for (var entry : buyerByOrder.entrySet()) {
            Response reserved = replies.get(0).get(i);
            long quantity = RedisReading.quantity(reserved);
            if (reserved == null || quantity > 0) {
                tombstones.put(entry.getKey(), TOMBSTONE);
            }
            if (quantity > 0) {
                long has = buyers.getOrDefault(
                        entry.getValue(), RedisReading.quantity(replies.get(1).get(i)));
                buyers.put(entry.getValue(), Math.max(0, has - quantity));
            }
            i++;
        }
        var writes = new ArrayList<Request>();
        if (!tombstones.isEmpty()) {
            RedisStockCounter.put(writes, RedisKeys.reservations(sale), tombstones, kept);
        }
        if (!buyers.isEmpty()) {
            RedisStockCounter.put(writes, RedisKeys.buyers(sale), buyers, kept);
        }
        return writes;
    }
}
