package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Exports the {@code stats} of each Memcached server as metrics. They are read periodically, never by a scrape. While a server
 * is down its last values are kept and {@code up} is 0.
 */
public final class MemcachedServerMetrics {
    private static final Duration READ_EVERY = Duration.ofSeconds(5);
    private static final String HIT = "hit";
    private static final String MISS = "miss";

    private record Reading(String stat, String name, String unit, String description) {}

    private record Counting(String stat, String name, String result, String description) {}

    private static final List<Reading> READINGS = List.of(
            new Reading("curr_items", "doorbuster.memcached.items", null, "Items stored"),
            new Reading("bytes", "doorbuster.memcached.used", "bytes", "Memory used by items"),
            new Reading("limit_maxbytes", "doorbuster.memcached.limit", "bytes", "Memory limit for items"),
            new Reading("curr_connections", "doorbuster.memcached.connections", null, "Connections to the server"));
    private static final String GETS = "doorbuster.memcached.gets";
    private static final String CAS = "doorbuster.memcached.cas";
    private static final List<Counting> COUNTINGS = List.of(
            new Counting("get_hits", GETS, HIT, "Keys read, by whether they were found"),
            new Counting("get_misses", GETS, MISS, "Keys read, by whether they were found"),
            new Counting("cas_hits", CAS, HIT, "Compare-and-sets; changed: the item was modified by another client"),
            new Counting("cas_badval", CAS, "changed", "Compare-and-sets"),
            new Counting("cas_misses", CAS, MISS, "Compare-and-sets"),
            new Counting("evictions", "doorbuster.memcached.evictions", null, "Items evicted to free memory"));

    private final Vertx vertx;
    private final long timer;

    private MemcachedServerMetrics(Vertx vertx, List<Server> servers) {
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(0, READ_EVERY.toMillis(), tick -> servers.forEach(Server::read));
    }

    /** Starts reading the stats. */
    public static MemcachedServerMetrics start(Vertx vertx, MemcachedStores stores, MeterRegistry registry) {
        List<Server> servers = stores.servers().entrySet().stream()
                .map(each -> new Server(each.getKey(), each.getValue(), registry))
                .toList();
        return new MemcachedServerMetrics(vertx, servers);
    }

    public void stop() {
        boolean unused = vertx.cancelTimer(timer);
    }

    private static final class Server {
        private final MemcachedStore store;
        private final AtomicBoolean reading = new AtomicBoolean();
        private volatile Map<String, String> values = Map.of();
        private volatile boolean up;

        Server(Endpoint address, MemcachedStore store, MeterRegistry registry) {
            this.store = store;
            Tags server = Tags.of("server", address.host() + ":" + address.port());
            Gauge unused = Gauge.builder("doorbuster.memcached.up", () -> up ? 1 : 0)
                    .description("1 if the server answered the last stats call, else 0")
                    .tags(server)
                    .register(registry);
            for (Reading each : READINGS) {
                unused = Gauge.builder(each.name(), () -> value(each.stat()))
                        .description(each.description())
                        .baseUnit(each.unit())
                        .tags(server)
                        .register(registry);
            }
            for (Counting each : COUNTINGS) {
                Tags tags = each.result() == null ? server : server.and("result", each.result());
                FunctionCounter unusedToo = FunctionCounter.builder(each.name(), this, it -> it.value(each.stat()))
                        .description(each.description())
                        .tags(tags)
                        .register(registry);
            }
        }

        /** One call at a time, however slow the server. */
        void read() {
            if (reading.compareAndSet(false, true)) {
                store.stats().onSuccess(said -> values = said).onComplete(done -> {
                    up = done.succeeded();
                    reading.set(false);
                });
            }
        }

        private double value(String stat) {
            String value = values.get(stat);
            return value == null ? Double.NaN : Double.parseDouble(value);
        }
    }
}
