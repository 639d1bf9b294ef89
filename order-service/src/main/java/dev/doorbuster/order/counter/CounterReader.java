package dev.doorbuster.order.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Optional;
import java.util.function.Function;

/** Reads stock counters. */
public final class CounterReader {
    private final RedisStore redis;
    private final Function<SaleId, MemcachedStore> memcached;

    /** @param memcached the server of each sale, chosen as by the decider */
    public CounterReader(RedisStore redis, Function<SaleId, MemcachedStore> memcached) {
        this.redis = redis;
        this.memcached = memcached;
    }

    /** The counter's value; empty if the counter is missing, which is not zero. Fails if the store does not answer. */
    public Future<Optional<CounterValue>> read(SaleId sale, CounterKind kind) {
        return switch (kind) {
            case REDIS ->
                redis.send(Request.cmd(Command.GET).arg(RedisKeys.counter(sale)))
                        .map(reply -> CounterValue.parse(reply == null ? null : reply.toString()));
            case MEMCACHED ->
                memcached.apply(sale).get(MemcachedKeys.counter(sale)).map(text -> text.flatMap(CounterValue::parse));
        };
    }
}
