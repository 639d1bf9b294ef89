package dev.doorbuster.order.counter;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the reason of a counter's last refusal of an order. It is a cache: a missing entry does not mean that the
 * order was not refused.
 */
public final class RefusalCacheReader {
    private final MemcachedStore memcached;

    public RefusalCacheReader(MemcachedStore memcached) {
        this.memcached = memcached;
    }

    /** Empty if there is no entry, or if the cache does not answer within its timeout. */
    public Future<Optional<RefusalReason>> refusalOf(UUID orderId) {
        return memcached
                .get(MemcachedKeys.answer(orderId))
                .map(text -> text.flatMap(RefusalCacheReader::reason))
                .otherwise(Optional.empty());
    }

    private static Optional<RefusalReason> reason(String text) {
        return Arrays.stream(RefusalReason.values())
                .filter(reason -> reason.wireName().equals(text))
                .findFirst();
    }
}
