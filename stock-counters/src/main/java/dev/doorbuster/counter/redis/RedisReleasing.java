package dev.doorbuster.counter.redis;

import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Turns reservations into {@link Tombstones}: commands, and the parsing of the replies. */
final class RedisReleasing {
    private static final String TOMBSTONE = "0";

    private final SaleId sale;
    private final Map<UUID, String> buyerByOrder = new LinkedHashMap<>();

    RedisReleasing(SaleId sale, List<ClaimReleased> released) {
        this.sale = sale;
        released.forEach(each -> buyerByOrder.put(each.orderId(), each.buyer()));
    }

    public List<Request> commands() {
        return List.of(
                RedisReading.fields(RedisKeys.reservations(sale), buyerByOrder.keySet()),
                RedisReading.fields(RedisKeys.buyers(sale), buyerByOrder.values()));
    }

    List<Request> writes(List<Response> replies, Duration kept) {
        var tombstones = Tombstones.of(buyerByOrder, reserved(replies.get(0)), sums(replies.get(1)));
        var writes = new ArrayList<Request>();
        if (!tombstones.orders().isEmpty()) {
            Map<UUID, String> emptied =
                    tombstones.orders().stream().collect(Collectors.toMap(order -> order, order -> TOMBSTONE));
            RedisStockCounter.put(writes, RedisKeys.reservations(sale), emptied, kept);
        }
        if (!tombstones.buyers().isEmpty()) {
            RedisStockCounter.put(writes, RedisKeys.buyers(sale), tombstones.buyers(), kept);
        }
        return writes;
    }

    private Map<UUID, Long> reserved(Response quantities) {
        var reserved = new HashMap<UUID, Long>();
        int i = 0;
        for (UUID order : buyerByOrder.keySet()) {
            Response quantity = quantities.get(i++);
            if (quantity != null) {
                reserved.put(order, RedisReading.quantity(quantity));
            }
        }
        return reserved;
    }

    private Map<String, Long> sums(Response quantities) {
        var sums = new HashMap<String, Long>();
        int i = 0;
        for (String buyer : buyerByOrder.values()) {
            sums.put(buyer, RedisReading.quantity(quantities.get(i++)));
        }
        return sums;
    }
}
