package dev.doorbuster.runtime.store;

import dev.doorbuster.contracts.value.Sha256;
import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One or several Memcached servers, used in two ways. Safe for any thread.
 *
 * <p>Keys that are compared and set are <i>pinned</i>: each name has one server in all processes, and no other replaces it
 * while it is down. Versions are valid on one server only, and values written to another server meanwhile would be lost or
 * become stale. So a dead server is an outage of its own names only; when it is back, it is empty.
 *
 * <p>Cached keys are <i>spread</i> over all live servers.
 *
 * <p>The server of a name is the one with the smallest draw (weighted rendezvous hashing: Wang and Ravishankar, "A Name-Based
 * Mapping Scheme for Rendezvous", 1996). The draw depends only on the name and on the server's address and weight, so all
 * processes with the same list agree, in whatever order it is given; when a server is added or removed, only the names it gets
 * or had move.
 */
public final class MemcachedStores {
    private static final double LONGS_ABOVE_ZERO = 0x1p53;

    private final Map<Endpoint, MemcachedStore> pinned;
    private final MemcachedStore spread;

    private MemcachedStores(Map<Endpoint, MemcachedStore> pinned, MemcachedStore spread) {
        this.pinned = Map.copyOf(pinned);
        this.spread = spread;
    }

    /** Succeeds also if servers are down: the clients keep reconnecting. */
    public static Future<MemcachedStores> start(Vertx vertx, MemcachedConfig config) {
        Future<Map<Endpoint, MemcachedStore>> started = Future.succeededFuture(new HashMap<>());
        for (Endpoint server : config.servers()) {
            started = started.compose(before -> MemcachedStore.start(vertx, config.only(server))
                    .onSuccess(store -> before.put(server, store))
                    .map(before));
        }
        return started.compose(each -> each.size() == 1
                ? Future.succeededFuture(
                        new MemcachedStores(each, each.values().iterator().next()))
                : MemcachedStore.start(vertx, config).map(spread -> new MemcachedStores(each, spread)));
    }

    /** The one server of this name, up or down. */
    public MemcachedStore pinned(String name) {
        return pinned.get(serverOf(name, pinned.keySet()));
    }

    public static Endpoint serverOf(String name, Collection<Endpoint> servers) {
        return servers.stream()
                .min(Comparator.comparingDouble(server -> draw(server, name)))
                .orElseThrow();
    }

    /** All servers, as one cache. */
    public MemcachedStore spread() {
        return spread;
    }

    /** A store for each server. */
    Map<Endpoint, MemcachedStore> servers() {
        return pinned;
    }

    /** The last known problem of any server; no I/O. */
    public Optional<String> problem() {
        return pinned.values().stream()
                .map(MemcachedStore::problem)
                .flatMap(Optional::stream)
                .findFirst();
    }

    public Future<Void> close() {
        var closing = new ArrayList<Future<Void>>();
        pinned.values().forEach(each -> closing.add(each.close()));
        if (pinned.size() > 1) {
            closing.add(spread.close());
        }
        return Future.join(closing).mapEmpty();
    }

    /**
     * Exponentially distributed with the weight as its rate: the probability of being the smallest is proportional to the
     * weight.
     */
    private static double draw(Endpoint server, String name) {
        long bits = ByteBuffer.wrap(Sha256.of(server + " " + name)).getLong() >>> 11;
        return -StrictMath.log((bits + 1) / LONGS_ABOVE_ZERO) / server.weight();
    }
}
