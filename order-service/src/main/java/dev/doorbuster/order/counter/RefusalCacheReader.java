package dev.doorbuster.order.counter;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.message.RefusalReason;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Reads for which reason a counter last refused an order. A cache: what is not in it may have been refused all the same. */
public final class RefusalCacheReader {
    private final MemcachedStore memcached;

    public RefusalCacheReader(MemcachedStore memcached) {
        this.memcached = memcached;
    }

    /** Empty where nothing is known, or the cache does not answer within its timeout. */
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
