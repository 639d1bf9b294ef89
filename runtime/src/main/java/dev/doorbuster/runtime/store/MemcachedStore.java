package dev.doorbuster.runtime.store;

import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.StandardSocketOption;
import dev.doorbuster.runtime.config.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.ReconnectRequest;
import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.StringTranscoder;

/**
 * Memcached with text values. Safe for any thread.
 *
 * <p>With one server there is one connection: a key never moves to another server while its own is down (its later value there
 * would be stale), and the commands of one caller are applied in the order of its calls, since the client writes its queue
 * first in, first out, and the server processes a connection in order. Replies are awaited on worker threads of this store.
 *
 * <p>With several servers it is only a cache: keys are spread by weight (ketama), the keys of a dead server are served by the
 * others until it is back, and order is kept for each server only. {@link MemcachedStores} offers both.
 */
public final class MemcachedStore {
    private static final Duration RELATIVE_EXPIRY_MAX = Duration.ofDays(30);
    private static final int HEAL_INTERVALS_MAX = 4;
    /** Consecutive timeouts after which the connection is closed: a new one may reach a server that this one cannot. */
    private static final int TIMEOUTS_MAX = 3;
    /**
     * A time in January 1970. The client cannot send the negative expiry that the protocol defines as "immediately expired".
     */
    private static final int EXPIRED = (int) RELATIVE_EXPIRY_MAX.toSeconds() + 1;

    private final MemcachedConfig config;
    private final WorkerExecutor workers;
    private final MemcachedClient client;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger timeouts = new AtomicInteger();
    private final StoreProbe probe;

    private MemcachedStore(Vertx vertx, MemcachedConfig config, WorkerExecutor workers, MemcachedClient client) {
        this.config = config;
        this.workers = workers;
        this.client = client;
        this.probe = new StoreProbe(vertx, config.probeInterval());
        probe.start(this::ping);
    }

    /** Succeeds also if the server is down: the client keeps reconnecting. */
    public static Future<MemcachedStore> start(Vertx vertx, MemcachedConfig config) {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor(
                config.toString(),
                config.workers(),
                config.commandMax().plus(config.connectMax()).multipliedBy(2).toMillis(),
                TimeUnit.MILLISECONDS);
        return workers.executeBlocking(() -> build(config), false)
                .map(client -> new MemcachedStore(vertx, config, workers, client));
    }

    private static MemcachedClient build(MemcachedConfig config) throws IOException {
        List<Endpoint> servers = config.servers();
        var builder = new XMemcachedClientBuilder(
                servers.stream()
                        .map(each -> new InetSocketAddress(each.host(), each.port()))
                        .toList(),
                servers.stream().mapToInt(Endpoint::weight).toArray());
        builder.setSessionLocator(new KetamaMemcachedSessionLocator());
        builder.setFailureMode(servers.size() == 1);
        builder.setConnectionPoolSize(1);
        builder.setConnectTimeout(config.connectMax().toMillis());
        builder.setOpTimeout(config.commandMax().toMillis());
        builder.setHealSessionInterval(config.healInterval().toMillis());
        builder.setTranscoder(new AnyText());
        // With the client's small default buffers, reading a thousand keys takes several delayed acknowledgements.
        builder.setSocketOption(StandardSocketOption.SO_SNDBUF, MemcachedConfig.BUFFER_BYTES);
        builder.setSocketOption(StandardSocketOption.SO_RCVBUF, MemcachedConfig.BUFFER_BYTES);
        builder.getConfiguration().setSessionReadBufferSize(MemcachedConfig.BUFFER_BYTES);
        return builder.build();
    }

    /** A value and its CAS version, for {@link #cas} and {@link #deleteIf}. */
    public record Versioned(String value, long version) {}

    /** A write of {@link #writeAll}. Zero expiry means never. */
    public sealed interface Write {
        String key();

        /** Writes only if the key does not exist. */
        record Add(String key, String value, Duration expiry) implements Write {}

        /** Writes unconditionally. */
        record Set(String key, String value, Duration expiry) implements Write {}

        record Delete(String key) implements Write {}
    }

    public Future<Optional<String>> get(String key) {
        return call(() -> Optional.ofNullable(client.<String>get(key)));
    }

    /** Missing keys are left out. */
    public Future<Map<String, String>> getAll(Collection<String> keys) {
        return keys.isEmpty() ? Future.succeededFuture(Map.of()) : call(() -> client.<String>get(keys));
    }

    /** Like {@link #getAll}, with versions; the server reads the keys in this order. */
    public Future<Map<String, Versioned>> getsAll(List<String> keys) {
        return keys.isEmpty() ? Future.succeededFuture(Map.of()) : call(() -> versioned(client.gets(keys)));
    }

    /** False if the key was modified or is missing. Zero expiry means never. */
    public Future<Boolean> cas(String key, String value, Duration expiry, long version) {
        return call(() -> client.cas(key, seconds(expiry), value, version));
    }

    /** False if the key exists. Zero expiry means never. */
    public Future<Boolean> add(String key, String value, Duration expiry) {
        return call(() -> client.add(key, seconds(expiry), value));
    }

    public Future<Boolean> set(String key, String value, Duration expiry) {
        return call(() -> client.set(key, seconds(expiry), value));
    }

    /** False if the key is missing. Zero expiry means never. */
    public Future<Boolean> replace(String key, String value, Duration expiry) {
        return call(() -> client.replace(key, seconds(expiry), value));
    }

    /**
     * Adds to numbers, one after the other; a missing one becomes the step, with this expiry. Fails at the first one that
     * cannot be increased; those before it are.
     */
    public Future<Void> increaseAll(Map<String, Long> steps, Duration expiry) {
        return steps.isEmpty()
                ? Future.succeededFuture()
                : call(() -> {
                    for (Map.Entry<String, Long> each : steps.entrySet()) {
                        long step = each.getValue();
                        client.incr(
                                each.getKey(), step, step, config.commandMax().toMillis(), seconds(expiry));
                    }
                    return null;
                });
    }

    /**
     * Deletes the key if its version is unchanged. The protocol's delete has no version, so this is a cas to an expired item.
     */
    public Future<Boolean> deleteIf(String key, long version) {
        return call(() -> client.cas(key, EXPIRED, "", version));
    }

    public Future<Boolean> delete(String key) {
        return call(() -> client.delete(key));
    }

    /** As {@link #writeAll}. */
    public Future<Void> deleteAll(Collection<String> keys) {
        return writeAll(keys.stream().map(Write.Delete::new).toList());
    }

    /**
     * Sends all writes without requesting replies. Completes when the server has processed them: a read follows on the same
     * connection and is answered after them. A write may still have been rejected.
     */
    public Future<Void> writeAll(List<? extends Write> writes) {
        if (writes.isEmpty()) {
            return Future.succeededFuture();
        }
        return call(() -> {
                    for (Write write : writes) {
                        send(write);
                    }
                    return client.<String>get(writes.get(writes.size() - 1).key());
                })
                .mapEmpty();
    }

    /** The server's stats by name; for a store with one server only. */
    Future<Map<String, String>> stats() {
        return call(() -> client.getStats(config.commandMax().toMillis()).values().stream()
                .findFirst()
                .orElseThrow(() -> new MemcachedException("not connected")));
    }

    public Future<Void> ping() {
        return get("doorbuster:ping").mapEmpty();
    }

    /** The last known problem of the store; no I/O. */
    public Optional<String> problem() {
        return probe.problem();
    }

    public Future<Void> close() {
        probe.stop();
        return workers.executeBlocking(
                        () -> {
                            client.shutdown();
                            return null;
                        },
                        false)
                .transform(done -> workers.close());
    }

    private void send(Write write) throws InterruptedException, MemcachedException {
        if (write instanceof Write.Add add) {
            client.addWithNoReply(add.key(), seconds(add.expiry()), add.value());
        } else if (write instanceof Write.Set set) {
            client.setWithNoReply(set.key(), seconds(set.expiry()), set.value());
        } else {
            client.deleteWithNoReply(write.key());
        }
    }

    private <T> Future<T> call(Callable<T> operation) {
        if (pending.incrementAndGet() > config.pendingMax()) {
            pending.decrementAndGet();
            return Future.failedFuture(
                    new StoreUnavailableException(config + ": more than " + config.pendingMax() + " calls pending"));
        }
        Future<T> answered = workers.executeBlocking(operation, false)
                .onSuccess(answer -> timeouts.set(0))
                .recover(this::unavailable);
        return probe.watch(answered).onComplete(done -> pending.decrementAndGet());
    }

    private <T> Future<T> unavailable(Throwable cause) {
        if (cause instanceof TimeoutException && timeouts.incrementAndGet() >= TIMEOUTS_MAX) {
            timeouts.set(0);
            client.getConnector().getSessionSet().forEach(Session::close);
        }
        boundHealInterval();
        return Future.failedFuture(new StoreUnavailableException(config.toString(), cause));
    }

    /** The client increases the wait before each reconnect without a bound. */
    private void boundHealInterval() {
        for (ReconnectRequest request : ((XMemcachedClient) client).getReconnectRequestQueue()) {
            if (request.getTries() > HEAL_INTERVALS_MAX) {
                request.setTries(HEAL_INTERVALS_MAX);
            }
        }
    }

    private static Map<String, Versioned> versioned(Map<String, GetsResponse<String>> answers) {
        var versioned = new HashMap<String, Versioned>(answers.size() * 2);
        answers.forEach((key, answer) -> versioned.put(key, new Versioned(answer.getValue(), version(answer))));
        return versioned;
    }

    /** Without versions every cas would succeed, without an error. */
    private static long version(GetsResponse<String> answer) {
        if (answer.getCas() == 0) {
            throw new IllegalStateException("the server has no CAS versions: it must run without the option -C");
        }
        return answer.getCas();
    }

    /** Memcached reads a relative expiry of more than 30 days as an absolute time in 1970. */
    private static int seconds(Duration expiry) {
        return Math.toIntExact(
                expiry.compareTo(RELATIVE_EXPIRY_MAX) <= 0
                        ? expiry.toSeconds()
                        : Instant.now().plus(expiry).getEpochSecond());
    }

    /** Decodes any stored bytes as text: the caller decides about unexpected values; they are no store failure. */
    private static final class AnyText extends StringTranscoder {
        @Override
        public String decode(CachedData stored) {
            return new String(stored.getData(), StandardCharsets.UTF_8);
        }
    }
}
