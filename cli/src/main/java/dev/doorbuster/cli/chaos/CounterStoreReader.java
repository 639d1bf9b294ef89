package dev.doorbuster.cli.chaos;

import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.evidence.SaleCounter;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.redis.RedisServer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads counters directly from their stores. */
public final class CounterStoreReader {
    private CounterStoreReader() {}

    /** Counters of the given sales. */
    public static Map<String, SaleCounter> read(Servers servers, Collection<SaleRecord> sales) {
        Map<String, SaleCounter> bySale = new HashMap<>();
        for (SaleRecord sale : sales) {
            (sale.counter().equals("redis") ? redis(servers.redis(), sale.sale()) : memcached(servers, sale.sale()))
                    .ifPresent(counter -> bySale.put(sale.sale(), counter));
        }
        return bySale;
    }

    private static Optional<SaleCounter> redis(RedisServer redis, String sale) {
        String keys = "doorbuster:{" + sale + "}:";
        return redis.get(keys + "counter")
                .map(value -> new SaleCounter(
                        available(value),
                        redis.hash(keys + "buyers").entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, entry -> Long.parseLong(entry.getValue())))));
    }

    /** The sale's server in a sharded deployment. */
    private static Optional<SaleCounter> memcached(Servers servers, String sale) {
        return servers.group(ServerKind.MEMCACHED).nodes().stream()
                .map(MemcachedServer.class::cast)
                .flatMap(server -> server.get("counter:" + sale).stream())
                .map(value -> new SaleCounter(available(value), Map.of()))
                .findFirst();
    }

    /** A counter's value: the epoch first, then the available units. */
    private static long available(String value) {
        return Long.parseLong(value.substring(value.indexOf(':') + 1));
    }
}
