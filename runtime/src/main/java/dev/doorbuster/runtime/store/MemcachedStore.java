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
 * Memcached holding texts. Safe for any thread.
 *
 * <p>With one server there is one connection to it: a key never moves to another server when its own is away (it would come
 * back stale), and what one caller sends in sequence is applied in sequence, since the client writes its queue first in,
 * first out, and the server answers a connection in order. Replies are awaited on worker threads of this store.
 *
 * <p>With several servers it is a cache and no more: keys are spread by weight (ketama), a dead server's keys go to the
 * others until it is back, and sequences hold for each server alone. {@link MemcachedStores} has both.
 */
public final class MemcachedStore {
    private static final Duration RELATIVE_EXPIRY_MAX = Duration.ofDays(30);
    private static final int HEAL_INTERVALS_MAX = 4;
    /** Timeouts in a row after which the connection is given up: a new one may reach a server that this one cannot. */
    private static final int TIMEOUTS_MAX = 3;
    /** A moment of January 1970. The client cannot write the protocol's own way of saying "at once", a negative number. */
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

    /** Succeeds also where the server is away: it is connected to when it comes. */
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
        // The client's own buffers are so small that reading a thousand keys takes several delayed acknowledgements.
        builder.setSocketOption(StandardSocketOption.SO_SNDBUF, config.bufferBytes());
        builder.setSocketOption(StandardSocketOption.SO_RCVBUF, config.bufferBytes());
        builder.getConfiguration().setSessionReadBufferSize(config.bufferBytes());
        return builder.build();
    }

    /** A value and the version that {@link #cas} and {@link #deleteIf} ask for. */
    public record Versioned(String value, long version) {}

    /** One of the writes of {@link #writeAll}; an expiry of zero is never. */
    public sealed interface Write {
        String key();

        /** Writes where there is nothing yet. */
        record Add(String key, String value, Duration expiry) implements Write {}

        /** Writes in any case. */
        record Set(String key, String value, Duration expiry) implements Write {}
    }

    public Future<Optional<String>> get(String key) {
        return call(() -> Optional.ofNullable(client.<String>get(key)));
    }

    /** What there is of these keys. */
    public Future<Map<String, String>> getAll(Collection<String> keys) {
        return keys.isEmpty() ? Future.succeededFuture(Map.of()) : call(() -> client.<String>get(keys));
    }

    /** What there is of these keys, with versions; the server reads them in this order. */
    public Future<Map<String, Versioned>> getsAll(List<String> keys) {
        return keys.isEmpty() ? Future.succeededFuture(Map.of()) : call(() -> versioned(client.gets(keys)));
    }

    /** False where the key has changed since, or is gone. Zero expiry is never. */
    public Future<Boolean> cas(String key, String value, Duration expiry, long version) {
        return call(() -> client.cas(key, seconds(expiry), value, version));
    }

    /** False where there is something already. Zero expiry is never. */
    public Future<Boolean> add(String key, String value, Duration expiry) {
        return call(() -> client.add(key, seconds(expiry), value));
    }

    public Future<Boolean> set(String key, String value, Duration expiry) {
        return call(() -> client.set(key, seconds(expiry), value));
    }

    /** Deletes what still has this version: the protocol's delete takes none, so it is a cas to something expired. */
    public Future<Boolean> deleteIf(String key, long version) {
        return call(() -> client.cas(key, EXPIRED, "", version));
    }

    public Future<Boolean> delete(String key) {
        return call(() -> client.delete(key));
    }

    /**
     * Sends all the writes in one go and asks for none of the replies. Completes when the server has read them all: the one
     * read that follows on the same connection is answered after them. A write may still have been refused.
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

    /** The server's own figures, by its names for them; of one server only. */
    Future<Map<String, String>> stats() {
        return call(() -> client.getStats(config.commandMax().toMillis()).values().stream()
                .findFirst()
                .orElseThrow(() -> new MemcachedException("not connected")));
    }

    public Future<Void> ping() {
        return get("doorbuster:ping").mapEmpty();
    }

    /** What is wrong with the store as far as is known, or nothing; from memory. */
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

    /** The client waits longer before each attempt to reconnect, without a bound of its own. */
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

    /** Without versions every cas would succeed, and nothing would say so. */
    private static long version(GetsResponse<String> answer) {
        if (answer.getCas() == 0) {
            throw new IllegalStateException("the server keeps no versions: it must run without the option -C");
        }
        return answer.getCas();
    }

    /** More than thirty days would be read as a moment in 1970. */
    private static int seconds(Duration expiry) {
        return Math.toIntExact(
                expiry.compareTo(RELATIVE_EXPIRY_MAX) <= 0
                        ? expiry.toSeconds()
                        : Instant.now().plus(expiry).getEpochSecond());
    }

    /** Reads whatever was stored as a text: an unknown value is the caller's to judge, not a fault of the store. */
    private static final class AnyText extends StringTranscoder {
        @Override
        public String decode(CachedData stored) {
            return new String(stored.getData(), StandardCharsets.UTF_8);
        }
    }
}
