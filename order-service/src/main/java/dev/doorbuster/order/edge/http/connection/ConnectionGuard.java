package dev.doorbuster.order.edge.http.connection;

import dev.doorbuster.runtime.http.PipelinedRequests;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits the number of connections and closes unused ones. An idle timeout would not suffice: a client can send a
 * byte now and then without ever completing a header, so only complete requests count. To be used on one event loop
 * only.
 */
public final class ConnectionGuard {
    private static final Duration SWEEP_EVERY = Duration.ofMillis(500);

    private final HttpConfig config;
    private final Map<HttpConnection, Watch> watches = new HashMap<>();
    private final Counter refused;
    private final Counter closed;
    private final OneShotTimer oneShotTimer;
    private boolean heard;

    private static final class Watch {
        private long sinceNanos = System.nanoTime();
        private boolean used;
        private int answering;
        /** The last request with a complete header. */
        private HttpServerRequest request;

        private long requestSinceNanos;
        /** The connection was open when this edge began to stop. */
        private boolean leaving;
    }

    public ConnectionGuard(Vertx vertx, HttpConfig config, MeterRegistry registry) {
        this.oneShotTimer = new OneShotTimer(vertx);
        this.config = config;
        this.refused = Counter.builder("doorbuster.http.connections.refused")
                .description("Connections closed at once because the limit was reached")
                .register(registry);
        this.closed = Counter.builder("doorbuster.http.connections.timed.out")
                .description("Connections closed because no complete request arrived in time")
                .register(registry);
    }

    public void start() {
        oneShotTimer.every(SWEEP_EVERY, this::sweep);
    }

    public void stop() {
        oneShotTimer.cancel();
    }

    /** Returns false if the connection is one too many, and is closed. */
    public boolean opened(HttpConnection connection) {
        PipelinedRequests.watch(connection);
        if (watches.size() >= config.connectionsMax()) {
            refused.increment();
            connection.close();
            return false;
        }
        watches.put(connection, new Watch());
        connection.closeHandler(done -> watches.remove(connection));
        return true;
    }

    /** A request was answered by its header alone. */
    public void answeredAtOnce(HttpConnection connection) {
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.used = true;
            watch.sinceNanos = System.nanoTime();
            heard |= watch.leaving;
        }
    }

    /** A request's header is complete; it is in progress until {@link #answered}. */
    public void begin(HttpServerRequest request) {
        Watch watch = watches.get(request.connection());
        if (watch != null) {
            watch.used = true;
            watch.answering++;
            watch.request = request;
            watch.requestSinceNanos = System.nanoTime();
            heard |= watch.leaving;
        }
    }

    /** Whether a request arrived since the last call on a connection that was open when {@link #leave} was called. */
    public boolean heardFromTheLeaving() {
        boolean since = heard;
        heard = false;
        return since;
    }

    /** Marks the open connections: {@link #heardFromTheLeaving} reports their requests from now on. */
    public void leave() {
        watches.values().forEach(watch -> watch.leaving = true);
    }

    public void answered(HttpServerRequest request) {
        Watch watch = watches.get(request.connection());
        if (watch != null) {
            watch.answering--;
            watch.request = null;
            watch.sinceNanos = System.nanoTime();
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Map.Entry<HttpConnection, Watch> each : List.copyOf(watches.entrySet())) {
            Watch watch = each.getValue();
            if (isIdleTooLong(watch, now) || isBodyLate(watch, now)) {
                closed.increment();
                PipelinedRequests.cut(each.getKey());
            }
        }
    }

    private boolean isIdleTooLong(Watch watch, long now) {
        Duration limit = watch.used ? config.keepAliveMax() : config.firstRequestMax();
        return watch.answering == 0 && now - watch.sinceNanos > limit.toNanos();
    }

    private boolean isBodyLate(Watch watch, long now) {
        return watch.request != null
                && now - watch.requestSinceNanos > config.bodyMax().toNanos()
                && !watch.request.isEnded();
    }
}
