package dev.doorbuster.counter;

import static dev.doorbuster.counter.Futures.await;
import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.memcached.MemcachedStockCounter;
import dev.doorbuster.counter.redis.RedisStockCounter;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.store.MemcachedStore;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The work of a store for one batch, by its own statistics (commands and bytes), is the same whether {@value #FEW} orders of
 * the sale were reserved before or {@value #MANY}. Nothing is timed.
 */
class CounterGrowthIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.of(REDIS, MEMCACHED);

    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    private static final int FEW = 1000;
    private static final int MANY = 100_000;
    private static final int BATCH = 250;
    /** Commands whose time depends on their arguments, not on the amount of stored data. */
    private static final Set<String> FLAT_COMMANDS =
            Set.of("watch", "unwatch", "multi", "exec", "get", "set", "hmget", "hset", "pexpire");

    private static final Pattern NOT_OF_A_BATCH = Pattern.compile("^cmdstat_(info|ping)");

    private static Vertx vertx;
    private static RedisStore redis;
    private static MemcachedStore memcached;

    private final SaleId sale = Orders.newSale();

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        redis = new RedisStore(vertx, Stores.redis(SERVERS.redis().port()).withCallMax(CALL_MAX));
        memcached = await(MemcachedStore.start(
                vertx, Stores.memcached(SERVERS.memcached().port()).withCommandMax(CALL_MAX)));
    }

    @AfterAll
    static void disconnect() {
        await(redis.close());
        await(memcached.close());
        await(vertx.close());
    }

    @Test
    void redisDoesNoMoreWorkForABatchOfALargeSale() {
        // Given
        var counter = new RedisStockCounter(vertx, redis, Stores.counters(), new SimpleMeterRegistry());
        // When
        List<Map<String, Long>> done = doneByBatch(counter, CounterKind.REDIS, CounterGrowthIT::doneByRedis);
        // Then
        assertNoMore(done, "bytes in", "bytes out");
        assertThat(FLAT_COMMANDS)
                .containsAll(commands(done.get(0), "bytes in", "bytes out").keySet());
    }

    /** On the main thread, freeing would block all sales, the longer the more was reserved. */
    @Test
    void redisFreesReservationsInTheBackground() {
        // Given
        var counter = new RedisStockCounter(vertx, redis, Stores.counters(), new SimpleMeterRegistry());
        await(counter.install(sale, new CounterValue(1, 1_000_000)));
        reserve(counter, new Orders(CounterKind.REDIS, 1), 0, FEW);
        long before = freedInBackground();
        // When
        await(redis.send(Request.cmd(Command.PEXPIRE, RedisKeys.reservations(sale), "1")));
        // Then
        await().until(() -> await(redis.send(Request.cmd(Command.EXISTS).arg(RedisKeys.reservations(sale))))
                        .toInteger()
                == 0);
        await().until(() -> freedInBackground() > before);
    }

    private static long freedInBackground() {
        return info("memory")
                .filter(line -> line.startsWith("lazyfreed_objects:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    @Test
    void memcachedDoesNoMoreWorkForABatchOfALargeSale() {
        // Given
        var counter = new MemcachedStockCounter(vertx, of -> memcached, Stores.counters(), new SimpleMeterRegistry());
        // When
        List<Map<String, Long>> done = doneByBatch(counter, CounterKind.MEMCACHED, CounterGrowthIT::doneByMemcached);
        // Then
        assertNoMore(done, "bytes_read", "bytes_written");
    }

    /** The work for one batch after few orders, and for one after many: deciding and releasing it. */
    private List<Map<String, Long>> doneByBatch(
            StockCounter counter, CounterKind kind, Supplier<Map<String, Long>> statistics) {
        var orders = new Orders(kind, 1);
        await(counter.install(sale, new CounterValue(1, 1_000_000)));
        reserve(counter, orders, 0, FEW);
        Map<String, Long> few = doneBy(counter, orders.crowd("some", BATCH), orders, statistics);
        reserve(counter, orders, FEW, MANY);
        Map<String, Long> many = doneBy(counter, orders.crowd("more", BATCH), orders, statistics);
        return List.of(few, many);
    }

    private void reserve(StockCounter counter, Orders orders, int from, int to) {
        for (int batch = from / BATCH; batch < to / BATCH; batch++) {
            assertThat(await(counter.decide(sale, orders.crowd("buyer" + batch, BATCH)))
                            .counted())
                    .hasSize(BATCH);
        }
    }

    private Map<String, Long> doneBy(
            StockCounter counter, List<OrderPlaced> batch, Orders orders, Supplier<Map<String, Long>> statistics) {
        Map<String, Long> before = statistics.get();
        assertThat(await(counter.decide(sale, batch)).counted()).hasSize(BATCH);
        await(counter.release(sale, batch.stream().map(orders::released).toList()));
        Map<String, Long> after = statistics.get();
        return after.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() != 0)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A batch that spans two outcome slots may need one more command of a kind. */
    private static void assertNoMore(List<Map<String, Long>> done, String... bytes) {
        Map<String, Long> few = commands(done.get(0), bytes);
        assertThat(few).isNotEmpty();
        assertThat(commands(done.get(1), bytes))
                .allSatisfy((command, calls) ->
                        assertThat(calls).as(command).isLessThanOrEqualTo(few.getOrDefault(command, 0L) + 1));
        for (String each : bytes) {
            assertThat(done.get(1).get(each)).isCloseTo(done.get(0).get(each), withPercentage(5));
        }
    }

    private static Map<String, Long> commands(Map<String, Long> done, String... bytes) {
        var commands = new TreeMap<>(done);
        commands.keySet().removeAll(Set.of(bytes));
        return commands;
    }

    private static Map<String, Long> doneByRedis() {
        var done = new TreeMap<String, Long>();
        info("commandstats")
                .filter(line -> line.startsWith("cmdstat_")
                        && !NOT_OF_A_BATCH.matcher(line).find())
                .forEach(line -> done.put(
                        line.substring("cmdstat_".length(), line.indexOf(':')),
                        Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1"))));
        info("stats").forEach(line -> {
            if (line.startsWith("total_net_input_bytes:")) {
                done.put("bytes in", Long.parseLong(line.substring(line.indexOf(':') + 1)));
            } else if (line.startsWith("total_net_output_bytes:")) {
                done.put("bytes out", Long.parseLong(line.substring(line.indexOf(':') + 1)));
            }
        });
        return done;
    }

    private static Stream<String> info(String section) {
        return await(redis.send(Request.cmd(Command.INFO).arg(section)))
                .toString()
                .lines();
    }

    private static Map<String, Long> doneByMemcached() {
        Set<String> counted = Set.of("cmd_get", "cmd_set", "cas_hits", "delete_hits", "bytes_read", "bytes_written");
        try (var socket = new Socket(
                        InetAddress.getLoopbackAddress(), SERVERS.memcached().port());
                var lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write("stats\r\nquit\r\n".getBytes(StandardCharsets.US_ASCII));
            return lines.lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 3 && counted.contains(words[1]))
                    .collect(toMap(words -> words[1], words -> Long.parseLong(words[2])));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
