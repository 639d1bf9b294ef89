package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Counters.Counter;
import dev.doorbuster.cli.chaos.history.Round;
import dev.doorbuster.devservices.MemcachedServer;
import dev.doorbuster.devservices.RedisServer;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.Servers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the counters out of the stores themselves. */
public final class Stocktaking {
    private Stocktaking() {}

    /** Those of the rounds' sales. */
    public static Counters count(Servers servers, Collection<Round> rounds) {
        Map<String, Counter> bySale = new HashMap<>();
        for (Round round : rounds) {
            (round.counter().equals("redis") ? redis(servers.redis(), round.sale()) : memcached(servers, round.sale()))
                    .ifPresent(counter -> bySale.put(round.sale(), counter));
        }
        return new Counters(bySale);
    }

    private static Optional<Counter> redis(RedisServer redis, String sale) {
        String keys = "doorbuster:{" + sale + "}:";
        return redis.get(keys + "counter")
                .map(value -> new Counter(
                        available(value),
                        redis.hash(keys + "buyers").entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, entry -> Long.parseLong(entry.getValue())))));
    }

    /** A sale is on one of the servers. */
    private static Optional<Counter> memcached(Servers servers, String sale) {
        return servers.group(ServerKind.MEMCACHED).nodes().stream()
                .map(MemcachedServer.class::cast)
                .flatMap(server -> server.get("counter:" + sale).stream())
                .map(value -> new Counter(available(value), Map.of()))
                .findFirst();
    }

    /** The epoch comes first, then what is available. */
    private static long available(String value) {
        return Long.parseLong(value.substring(value.indexOf(':') + 1));
    }
}
