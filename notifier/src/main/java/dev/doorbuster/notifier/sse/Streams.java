package dev.doorbuster.notifier.sse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The open streams by topic. */
public final class Streams {
    private static final Buffer HEARTBEAT = ServerSentEvent.comment("heartbeat");

    private final Vertx vertx;
    private final StreamConfig config;
    private final StreamMetrics metrics;
    private final Map<StreamTopic, Set<Subscriber>> subscribers = new HashMap<>();
    private final EventHistory history;
    private final long heartbeatTimer;
    private int count;
    private boolean stopped;

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
                && subscribers.getOrDefault(streamTopic, Set.of()).size() >= config.streamsPerBuyerMax();
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
        subscribers.computeIfAbsent(streamTopic, first -> new LinkedHashSet<>()).add(subscriber);
        count++;
        metrics.opened(streamTopic.kind());
        boolean unused = subscriber.offer(ServerSentEvent.preamble(config.retry()));
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
     * Publishes the event to all streams of the topic and remembers it by its id; encodes it only if there are
     * subscribers.
     */
    public void publish(StreamTopic streamTopic, ServerSentEvent event) {
        if (event.id() != null) {
            history.add(streamTopic, event);
        }
        Set<Subscriber> listeners = subscribers.get(streamTopic);
        if (listeners != null) {
            offer(List.copyOf(listeners), event.encode());
            metrics.sent(streamTopic.kind(), listeners.size());
        }
    }

    public boolean hasListeners(StreamTopic streamTopic) {
        return subscribers.containsKey(streamTopic);
    }

    /** Rejects new streams and ends all open ones; idempotent. */
    public Future<Void> stop() {
        stopped = true;
        cancel(heartbeatTimer);
        return Future.join(subscribers().stream()
                        .map(each -> end(each, "this server stops; connect again"))
                        .toList())
                .timeout(config.farewellMax().toMillis(), TimeUnit.MILLISECONDS)
                .transform(ended -> Future.succeededFuture());
    }

    private void heartbeat() {
        offer(subscribers(), HEARTBEAT);
    }

    private void offer(List<Subscriber> listeners, Buffer bytes) {
        for (Subscriber each : listeners) {
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
        Set<Subscriber> ofTopic = subscribers.getOrDefault(subscriber.topic(), Set.of());
        if (!ofTopic.contains(subscriber)) {
            return false;
        }
        ofTopic.remove(subscriber);
        if (ofTopic.isEmpty()) {
            subscribers.remove(subscriber.topic());
        }
        count--;
        metrics.closed(subscriber.topic().kind());
        return true;
    }

    private List<Subscriber> subscribers() {
        return subscribers.values().stream().flatMap(Set::stream).toList();
    }

    private void cancel(long timer) {
        boolean unused = vertx.cancelTimer(timer);
    }
}
