package dev.doorbuster.notifier.sse;

import dev.doorbuster.runtime.batch.LimitedMap;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The open streams by topic. Events with an id are written at once. Aggregates wait for each other: all of a topic are one
 * write, and the more streams the topic has, the longer they wait, so that writing takes a bounded share of the event loop.
 */
public final class Streams {
    private static final Buffer HEARTBEAT = ServerSentEvent.comment("heartbeat");

    /** Least and greatest time between two writes of a topic's aggregates, and the time per stream between those two. */
    private static final Duration PAUSE_MIN = Duration.ofMillis(250);

    private static final Duration PAUSE_MAX = Duration.ofMillis(600);
    private static final Duration PAUSE_PER_STREAM = Duration.ofNanos(500_000);

    /** Topics whose last state is remembered. */
    private static final int STATES_MAX = 1000;

    private final Vertx vertx;
    private final StreamConfig config;
    private final StreamMetrics metrics;
    private final Map<StreamTopic, Listeners> listeners = new HashMap<>();
    private final Map<StreamTopic, ServerSentEvent> states = new LimitedMap<>(STATES_MAX);
    private final EventHistory history;
    private final long heartbeatTimer;
    private int count;
    private boolean stopped;

    /** The streams of one topic, and the aggregates that wait for the next write to them. */
    private static final class Listeners {
        private final Set<Subscriber> subscribers = new LinkedHashSet<>();
        private final List<ServerSentEvent> waiting = new ArrayList<>();
        private final OneShotTimer timer;
        private long nextAt = System.nanoTime();

        Listeners(Vertx vertx) {
            this.timer = new OneShotTimer(vertx);
        }

        long pauseNanos() {
            long byStreams = PAUSE_PER_STREAM.multipliedBy(subscribers.size()).toNanos();
            return Math.min(PAUSE_MAX.toNanos(), Math.max(PAUSE_MIN.toNanos(), byStreams));
        }
    }

    public Streams(Vertx vertx, StreamConfig config, StreamMetrics metrics) {
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
        this.history = new EventHistory(config.historyMax());
        this.heartbeatTimer = vertx.setPeriodic(config.heartbeat().toMillis(), tick -> heartbeat());
    }

    /** Whether another stream is admitted. */
    public enum Admission {
        ADMITTED,
        /** The instance's limit is reached. */
        FULL,
        /** The buyer's limit is reached. */
        TOO_MANY_OF_ONE
    }

    public Admission admission(StreamTopic streamTopic) {
        if (stopped || count >= config.subscribersMax()) {
            return Admission.FULL;
        }
        boolean tooMany = streamTopic.kind() == StreamTopic.Kind.BUYER
                && listeners.containsKey(streamTopic)
                && listeners.get(streamTopic).subscribers.size() >= config.streamsPerBuyerMax();
        return tooMany ? Admission.TOO_MANY_OF_ONE : Admission.ADMITTED;
    }

    /**
     * Starts the event stream on the response; call only after {@link #admission} admitted it.
     *
     * @param lastEventId id of the client's last event on a reconnect, else null
     * @param life maximum lifetime of this stream, if shorter than the general limit
     */
    public void open(StreamTopic streamTopic, HttpServerRequest request, String lastEventId, Duration life) {
        request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Connection", "close")
                // stops proxies such as nginx from buffering events
                .putHeader("X-Accel-Buffering", "no");
        Duration shorter = life.compareTo(config.lifeMax()) < 0 ? life : config.lifeMax();
        var subscriber = new Subscriber(streamTopic, request, config);
        long lifeTimer = vertx.setTimer(Math.max(1, shorter.toMillis()), over -> {
            Future<Void> unused = end(subscriber, "time is up; connect again");
        });
        request.response().endHandler(sent -> cancel(lifeTimer));
        request.response().closeHandler(closed -> {
            cancel(lifeTimer);
            boolean unused = remove(subscriber);
        });
        listeners
                .computeIfAbsent(streamTopic, first -> new Listeners(vertx))
                .subscribers
                .add(subscriber);
        count++;
        metrics.opened(streamTopic.kind());
        Buffer first = ServerSentEvent.preamble(config.retry());
        ServerSentEvent state = states.get(streamTopic);
        boolean unused = subscriber.offer(state == null ? first : first.appendBuffer(state.encode()));
        if (lastEventId != null) {
            offer(List.of(subscriber), since(streamTopic, lastEventId));
        }
    }

    /** Sends the missed events as one write. Events beyond the backlog's limit count as no longer remembered. */
    private Buffer since(StreamTopic streamTopic, String lastEventId) {
        List<ServerSentEvent> missed = history.after(streamTopic, lastEventId)
                .filter(events -> events.size() <= config.backlogMax())
                .orElseGet(() -> List.of(ServerSentEvent.missed()));
        Buffer bytes = Buffer.buffer();
        missed.forEach(event -> bytes.appendBuffer(event.encode()));
        metrics.sent(streamTopic.kind(), missed.size());
        return bytes;
    }

    /**
     * Publishes the event to all streams of the topic: at once, together with the aggregates that wait, and remembered, if it
     * has an id; else soon, with other aggregates. Encodes it only if there are subscribers.
     */
    public void publish(StreamTopic streamTopic, ServerSentEvent event) {
        if (event.id() != null) {
            history.add(streamTopic, event);
        }
        send(streamTopic, event, event.id() != null);
    }

    /**
     * Publishes the topic's state if it has changed. It replaces one that waits, and new streams of the topic begin with it.
     *
     * @param atOnce whether it is worth a write of its own
     */
    public void publishState(StreamTopic streamTopic, ServerSentEvent state, boolean atOnce) {
        if (state.equals(states.remove(streamTopic))) {
            states.put(streamTopic, state);
            return;
        }
        states.put(streamTopic, state);
        Listeners found = listeners.get(streamTopic);
        if (found != null) {
            found.waiting.removeIf(before -> before.name().equals(state.name()));
        }
        send(streamTopic, state, atOnce);
    }

    private void send(StreamTopic streamTopic, ServerSentEvent event, boolean atOnce) {
        Listeners found = listeners.get(streamTopic);
        if (found == null) {
            return;
        }
        found.waiting.add(event);
        long left = found.nextAt - System.nanoTime();
        if (atOnce || left <= 0) {
            write(found);
        } else {
            // The timer's unit is a millisecond, of which it needs one.
            found.timer.after(Duration.ofNanos(left).plusMillis(1), () -> write(found));
        }
    }

    private void write(Listeners found) {
        found.timer.cancel();
        Buffer bytes = Buffer.buffer();
        found.waiting.forEach(event -> bytes.appendBuffer(event.encode()));
        List<Subscriber> all = List.copyOf(found.subscribers);
        if (!found.waiting.isEmpty() && !all.isEmpty()) {
            metrics.sent(all.get(0).topic().kind(), all.size() * found.waiting.size());
            found.waiting.clear();
            found.nextAt = System.nanoTime() + found.pauseNanos();
            offer(all, bytes);
        }
    }

    public boolean hasListeners(StreamTopic streamTopic) {
        return listeners.containsKey(streamTopic);
    }

    /** Rejects new streams and ends all open ones; idempotent. */
    public Future<Void> stop() {
        stopped = true;
        cancel(heartbeatTimer);
        listeners.values().forEach(each -> each.timer.cancel());
        return Future.join(subscribers().stream()
                        .map(each -> end(each, "this server stops; connect again"))
                        .toList())
                .timeout(config.farewellMax().toMillis(), TimeUnit.MILLISECONDS)
                .transform(ended -> Future.succeededFuture());
    }

    private void heartbeat() {
        offer(subscribers(), HEARTBEAT);
    }

    private void offer(List<Subscriber> to, Buffer bytes) {
        for (Subscriber each : to) {
            if (!each.offer(bytes)) {
                metrics.dropped(each.topic().kind());
                Future<Void> unused = end(each, "dropped: events came faster than they were read");
            }
        }
    }

    private Future<Void> end(Subscriber subscriber, String why) {
        return remove(subscriber) ? subscriber.end(why) : Future.succeededFuture();
    }

    private boolean remove(Subscriber subscriber) {
        Listeners ofTopic = listeners.get(subscriber.topic());
        if (ofTopic == null || !ofTopic.subscribers.remove(subscriber)) {
            return false;
        }
        if (ofTopic.subscribers.isEmpty()) {
            ofTopic.timer.cancel();
            listeners.remove(subscriber.topic());
        }
        count--;
        metrics.closed(subscriber.topic().kind());
        return true;
    }

    private List<Subscriber> subscribers() {
        return listeners.values().stream()
                .flatMap(each -> each.subscribers.stream())
                .toList();
    }

    private void cancel(long timer) {
        boolean unused = vertx.cancelTimer(timer);
    }
}
