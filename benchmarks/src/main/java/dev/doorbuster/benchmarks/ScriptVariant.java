package dev.doorbuster.benchmarks;

import dev.doorbuster.benchmarks.Benchmark.RepeatingCaller;
import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.store.DedicatedRedisConnection;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** The alternative to optimistic transactions: a Redis script on the same keys. */
final class ScriptVariant implements CounterVariant {
    private static final int BATCH_MAX = 256;
    private static final long KEPT_MS = Duration.ofHours(1).toMillis();
    /** Keys: counter, reservations, buyers, outcomes. Arguments: expiry, then order, buyer and request of each order. */
    private static final String SCRIPT = """
            local epoch, available = string.match(redis.call('GET', KEYS[1]), '(%d+):(%d+)')
            available = tonumber(available)
            for i = 2, #ARGV, 3 do
                local order, buyer, request = ARGV[i], ARGV[i + 1], ARGV[i + 2]
                local known = redis.call('HEXISTS', KEYS[4], request) + redis.call('HEXISTS', KEYS[2], order)
                if known == 0 and available > 0 and not redis.call('HGET', KEYS[3], buyer) then
                    available = available - 1
                    redis.call('HSET', KEYS[2], order, 1)
                    redis.call('HSET', KEYS[3], buyer, 1)
                    redis.call('HSET', KEYS[4], request, 'counted')
                end
            end
            redis.call('SET', KEYS[1], epoch .. ':' .. string.format('%.0f', available))
            for i = 2, 4 do
                redis.call('PEXPIRE', KEYS[i], ARGV[1])
            end
            return available
            """;

    private final DedicatedRedisConnection connection;
    private final int callers;
    private final boolean batched;
    private String digest;

    /**
     * @param batched whether orders that arrive during a script are decided by the next one, instead of one script per order
     */
    ScriptVariant(DedicatedRedisConnection connection, int callers, boolean batched) {
        this.connection = connection;
        this.callers = callers;
        this.batched = batched;
    }

    /** Loads the script. */
    Future<ScriptVariant> load() {
        Request load = Request.cmd(Command.SCRIPT).arg("LOAD").arg(SCRIPT);
        return connection.batch(List.of(load)).map(replies -> {
            digest = replies.get(0).toString();
            return this;
        });
    }

    @Override
    public Future<Void> open(SaleId sale, long stock) {
        Request set = Request.cmd(Command.SET).arg(RedisKeys.counter(sale)).arg(new CounterValue(1, stock).toString());
        return connection.batch(List.of(set)).mapEmpty();
    }

    @Override
    public List<? extends RepeatingCaller> callers(SaleId sale) {
        var batcher = new Batcher<OrderPlaced, Integer>(
                BATCH_MAX,
                callers,
                batch -> EventLoop.onCallersContext(decide(sale, batch).map(Collections.nCopies(batch.size(), 1))));
        RepeatingCaller alone = () ->
                decide(sale, List.of(CounterVariant.order(CounterKind.REDIS))).map(1);
        RepeatingCaller together = () -> batcher.submit(CounterVariant.order(CounterKind.REDIS));
        return Collections.nCopies(callers, batched ? together : alone);
    }

    private Future<Long> decide(SaleId sale, List<OrderPlaced> orders) {
        Request script = Request.cmd(Command.EVALSHA)
                .arg(digest)
                .arg(4)
                .arg(RedisKeys.counter(sale))
                .arg(RedisKeys.reservations(sale))
                .arg(RedisKeys.buyers(sale))
                .arg(RedisKeys.outcomes(sale, Instant.now()))
                .arg(KEPT_MS);
        orders.forEach(order -> script.arg(order.orderId().toString())
                .arg(order.buyer())
                .arg(order.requestId().toString()));
        return connection.batch(List.of(script)).map(replies -> replies.get(0).toLong());
    }

    @Override
    public Future<Long> left(SaleId sale) {
        return decide(sale, List.of());
    }
}
