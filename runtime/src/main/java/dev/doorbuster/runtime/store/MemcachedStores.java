package dev.doorbuster.runtime.store;

import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Several Memcached servers, or just one, in two manners. Safe for any thread.
 *
 * <p>What is compared and set is <i>pinned</i>: a name has one server, whoever asks, and when that is away nothing takes its
 * place. Versions mean nothing to another server, and whatever another server took meanwhile would be forgotten, or come
 * back stale. So a dead server is an outage of the names it has, and of no others; back, it is empty.
 *
 * <p>What is merely remembered is <i>spread</i> over all that live.
 *
 * <p>The server of a name is the one with the smallest draw among all (weighted rendezvous hashing: Wang and Ravishankar,
 * "A Name-Based Mapping Scheme for Rendezvous", 1996). It depends on nothing but the name and the servers' addresses and
 * weights, so all processes with the same list agree, in whatever order it is given; and where a server is added or taken
 * away, only the names it gets or had have moved.
 */
public final class MemcachedStores {
    private static final double LONGS_ABOVE_ZERO = 0x1p53;

    private final Map<Endpoint, MemcachedStore> pinned;
    private final MemcachedStore spread;

    private MemcachedStores(Map<Endpoint, MemcachedStore> pinned, MemcachedStore spread) {
        this.pinned = Map.copyOf(pinned);
        this.spread = spread;
    }

    /** Succeeds also where servers are away: they are connected to when they come. */
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

    /** The one server of this name, alive or not. */
    public MemcachedStore pinned(String name) {
        return pinned.get(serverOf(name, pinned.keySet()));
    }

    /** Which of the servers is the one of this name. */
    public static Endpoint serverOf(String name, Collection<Endpoint> servers) {
        return servers.stream()
                .min(Comparator.comparingDouble(server -> draw(server, name)))
                .orElseThrow();
    }

    /** All servers, as one cache. */
    public MemcachedStore spread() {
        return spread;
    }

    /** Each server by itself. */
    Map<Endpoint, MemcachedStore> servers() {
        return pinned;
    }

    /** What is wrong with any server as far as is known, or nothing; from memory. */
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

    /** Exponentially distributed with the weight as its rate, so that the chance to be the smallest is the weight's share. */
    private static double draw(Endpoint server, String name) {
        long bits = ByteBuffer.wrap(sha256(server + " " + name)).getLong() >>> 11;
        return -StrictMath.log((bits + 1) / LONGS_ABOVE_ZERO) / server.weight();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
