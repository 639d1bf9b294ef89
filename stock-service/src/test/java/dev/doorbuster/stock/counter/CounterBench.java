package dev.doorbuster.stock.counter;

import static dev.doorbuster.stock.counter.Futures.await;

import dev.doorbuster.contracts.message.CounterKind;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * How fast one sale is decided on each counter: one transaction a request, against one transaction for all requests at hand.
 *
 * <p>In each variant the same callers ask for the same, one unit for a buyer of its own, and ask again when they have their
 * answer; the transaction is the same code. A last variant shows a decider that always finds a full gathering. The variants
 * take turns, so that all meet the same machine: compare them with each other, not with another machine's. Arguments:
 * seconds a turn, turns, callers.
 */
final class CounterBench {
    private static final int BATCH_MAX = 256;
    private static final int GATHERING = 2048;
    private static final int BACKOFF_MS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final int callers;

    private CounterBench(Vertx vertx, int callers) {
        this.vertx = vertx;
        this.callers = callers;
    }

    public static void main(String[] arguments) throws IOException {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        Duration turn = Duration.ofSeconds(numbers.length > 0 ? numbers[0] : 4);
        int turns = numbers.length > 1 ? numbers[1] : 3;
        int callers = numbers.length > 2 ? numbers[2] : 64;
        try (Servers servers = ServerPlan.in(Files.createTempDirectory("counter-bench"))
                .with(ServerKind.REDIS, ServerKind.MEMCACHED)
                .start()) {
            new CounterBench(Vertx.vertx(), callers).run(servers, turn, turns);
            servers.discard();
        }
        System.exit(0);
    }

    private void run(Servers servers, Duration turn, int turns) {
        List<Variant> variants = variants(servers);
        var results = new LinkedHashMap<Variant, List<Turn.Result>>();
        for (Variant each : variants) {
            Turn.Result unused = new Turn(vertx, each, WARM_UP).run();
        }
        for (int i = 0; i < turns; i++) {
            for (Variant each : variants) {
                results.computeIfAbsent(each, key -> new ArrayList<>()).add(new Turn(vertx, each, turn).run());
            }
        }
        System.out.printf("%d callers, %d turns of %d s each, medians%n%n", callers, turns, turn.toSeconds());
        System.out.println(
                "| variant | decisions/s | (all turns) | lost rounds a decision | p50 ms | p99 ms | exact |");
        System.out.println("|---|---|---|---|---|---|---|");
        results.forEach((variant, of) -> System.out.println(row(variant, of)));
    }

    private static String row(Variant variant, List<Turn.Result> results) {
        List<Turn.Result> sorted = results.stream()
                .sorted(Comparator.comparingDouble(Turn.Result::perSecond))
                .toList();
        Turn.Result median = sorted.get(sorted.size() / 2);
        return String.format(
                "| %s | %,.0f | %s | %.2f | %.2f | %.1f | %s |",
                variant.name(),
                median.perSecond(),
                sorted.stream()
                        .map(each -> String.format("%,.0f", each.perSecond()))
                        .toList(),
                median.lostPerDecision(),
                median.p50Ms(),
                median.p99Ms(),
                results.stream().allMatch(Turn.Result::exact));
    }

    /** Decides, for one caller. */
    interface Decide {
        Future<?> decide(SaleId sale, List<OrderPlaced> placed);
    }

    /**
     * A way to decide.
     *
     * @param ordersAtOnce how many orders one caller brings
     * @param callers one way to decide for each caller
     */
    record Variant(
            String name,
            CounterKind kind,
            int ordersAtOnce,
            Function<MeterRegistry, StockCounter> counter,
            Function<MeterRegistry, List<Decide>> callers) {}

    private List<Variant> variants(Servers servers) {
        var redis = new RedisStore(vertx, Stores.redis(servers.redis().port()));
        MemcachedStore memcached = await(
                MemcachedStore.start(vertx, Stores.memcached(servers.memcached().port())));
        var variants = new ArrayList<Variant>();
        variants.addAll(variants(
                CounterKind.REDIS,
                jitterMs -> registry -> new RedisStockCounter(vertx, redis, config(jitterMs), registry)));
        variants.addAll(variants(
                CounterKind.MEMCACHED,
                jitterMs ->
                        registry -> new MemcachedStockCounter(vertx, sale -> memcached, config(jitterMs), registry)));
        return variants;
    }

    /** One lane, since there is one sale; rounds almost without end, since the naive way needs them. */
    private static CounterConfig config(int jitterMs) {
        return CounterConfig.fromEnv(new Environment(Map.of(
                "DOORBUSTER_STOCK_LANES", "1",
                "DOORBUSTER_STOCK_ROUNDS_MAX", "10000",
                "DOORBUSTER_STOCK_ROUND_JITTER_MS", Integer.toString(jitterMs))));
    }

    private List<Variant> variants(
            CounterKind kind, IntFunction<Function<MeterRegistry, StockCounter>> counterByJitterMs) {
        String name = kind.wireName();
        var hasty = counterByJitterMs.apply(1);
        var usual = counterByJitterMs.apply(BACKOFF_MS);
        return List.of(
                new Variant(
                        name + ", one by one, again at once", kind, 1, hasty, registry -> oneByOne(hasty, registry)),
                new Variant(name + ", one by one, backing off", kind, 1, usual, registry -> oneByOne(usual, registry)),
                new Variant(name + ", combined", kind, 1, usual, registry -> combined(usual.apply(registry))),
                new Variant(
                        name + ", full gatherings",
                        kind,
                        GATHERING,
                        usual,
                        registry -> List.of(usual.apply(registry)::decide)));
    }

    /** Each caller has a counter of its own, and where there are connections, its own connection. */
    private List<Decide> oneByOne(Function<MeterRegistry, StockCounter> counter, MeterRegistry registry) {
        return Stream.generate(() -> counter.apply(registry))
                .limit(callers)
                .<Decide>map(own -> own::decide)
                .toList();
    }

    private List<Decide> combined(StockCounter shared) {
        var batchers = new LinkedHashMap<SaleId, Batcher<OrderPlaced, Decision>>();
        Decide combined = (sale, placed) -> batchers.computeIfAbsent(
                        sale,
                        key -> new Batcher<>(
                                BATCH_MAX,
                                callers,
                                batch -> shared.decide(sale, batch).map(Decisions::all)))
                .submit(placed.get(0));
        return Stream.generate(() -> combined).limit(callers).toList();
    }
}
