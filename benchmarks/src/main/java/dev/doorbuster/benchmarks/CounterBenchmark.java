package dev.doorbuster.benchmarks;

import dev.doorbuster.benchmarks.Benchmark.RepeatingCaller;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterConfig;
import dev.doorbuster.counter.StockCounter;
import dev.doorbuster.counter.memcached.MemcachedStockCounter;
import dev.doorbuster.counter.redis.RedisStockCounter;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counter implementations on one hot sale. Every variant grants one unit to a new buyer and records order, buyer and request;
 * SQL the first two only.
 */
final class CounterBenchmark implements Benchmark {
    private static final int CALLERS = 64;
    /** One shard, and enough attempts for the naive variants. */
    private static final int ROUNDS_MAX = 10_000;

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration BACK_OFF = Duration.ofMillis(64);
    private static final Duration KEPT = Duration.ofHours(1);

    private final Vertx vertx;
    private final Context loop;
    private final RedisStore redis;
    private final MemcachedStore memcached;
    private final Map<String, CounterVariant> variants = new LinkedHashMap<>();

    private CounterBenchmark(Vertx vertx, RedisStore redis, MemcachedStore memcached) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.redis = redis;
        this.memcached = memcached;
    }

    static Future<CounterBenchmark> start(Vertx vertx, Environment env) {
        var redis = new RedisStore(vertx, RedisConfig.fromEnv(env).withCallMax(BenchmarkWorker.CALL_MAX));
        return MemcachedStore.start(vertx, MemcachedConfig.fromEnv(env).withCommandMax(BenchmarkWorker.CALL_MAX))
                .compose(memcached -> PlainTables.create(vertx, env)
                        .compose(tables -> new CounterBenchmark(vertx, redis, memcached).withVariants(tables)));
    }

    private Future<CounterBenchmark> withVariants(PlainTables tables) {
        var perCall = new ScriptVariant(redis.line(), CALLERS, false);
        var perBatch = new ScriptVariant(redis.line(), CALLERS, true);
        variants.put("watch-multi", oneByOne(CounterKind.REDIS, AT_ONCE));
        variants.put("watch-multi-back-off", oneByOne(CounterKind.REDIS, BACK_OFF));
        variants.put("watch-multi-combined", combined(CounterKind.REDIS));
        variants.put("script-per-call", perCall);
        variants.put("script-per-batch", perBatch);
        variants.put("gets-cas", oneByOne(CounterKind.MEMCACHED, AT_ONCE));
        variants.put("gets-cas-combined", combined(CounterKind.MEMCACHED));
        variants.put("sql", new SqlVariant(tables));
        return perCall.load().compose(loaded -> perBatch.load()).map(this);
    }

    private record SqlVariant(PlainTables tables) implements CounterVariant {
        @Override
        public Future<Void> open(SaleId sale, long stock) {
            return tables.open(sale, stock);
        }

        @Override
        public List<? extends RepeatingCaller> callers(SaleId sale) {
            RepeatingCaller caller = () -> tables.order(sale);
            return Collections.nCopies(PlainTables.CONNECTIONS, caller);
        }

        @Override
        public Future<Long> left(SaleId sale) {
            return tables.left(sale);
        }
    }

    private CounterVariant oneByOne(CounterKind kind, Duration jitterMax) {
        var registry = new SimpleMeterRegistry();
        List<StockCounter> counters = Stream.generate(() -> counter(kind, jitterMax, registry))
                .limit(CALLERS)
                .toList();
        return OptimisticVariant.oneByOne(kind, counters, registry);
    }

    private CounterVariant combined(CounterKind kind) {
        var registry = new SimpleMeterRegistry();
        return OptimisticVariant.combined(kind, counter(kind, BACK_OFF, registry), registry, CALLERS);
    }

    private StockCounter counter(CounterKind kind, Duration jitterMax, MeterRegistry registry) {
        var config = new CounterConfig(1, ROUNDS_MAX, jitterMax, KEPT, KEPT);
        return switch (kind) {
            case REDIS -> new RedisStockCounter(vertx, redis, config, registry);
            case MEMCACHED -> new MemcachedStockCounter(vertx, sale -> memcached, config, registry);
        };
    }

    private CounterVariant variant(BenchmarkTask task) {
        CounterVariant variant = variants.get(task.variant());
        if (variant == null) {
            throw new IllegalArgumentException("unknown variant: " + task.variant());
        }
        return variant;
    }

    @Override
    public Future<Void> open(BenchmarkTask task) {
        return variant(task).open(task.saleId(), STOCK);
    }

    @Override
    public Future<Measured> run(BenchmarkTask task) {
        CounterVariant variant = variant(task);
        long before = variant.conflicts();
        return new ClosedLoopRun(loop, variant.callers(task.saleId()), task.seconds())
                .run()
                .map(measured -> measured.withConflicts(variant.conflicts() - before));
    }

    @Override
    public Future<Long> close(BenchmarkTask task) {
        return variant(task).left(task.saleId());
    }
}
