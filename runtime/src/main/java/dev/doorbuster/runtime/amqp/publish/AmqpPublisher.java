package dev.doorbuster.runtime.amqp.publish;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.Backoff;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes over one {@link PublishChannel} at a time. Messages that are unconfirmed when a channel ends are published again on
 * the next channel, with the same id. A message without a confirm after {@link BrokerConfig#confirmMax()} fails, and ends a
 * channel that is as old: on the broker a channel may wait for a queue's former leader, and confirm nothing, long after the
 * queue has another. While a channel is open nothing is published twice: either its confirm arrives or the channel ends.
 *
 * <p>One thread writes and connects, because both can block on an unresponsive broker; event loops never do. While messages are
 * unconfirmed or there is no connection, a periodic tick checks deadlines and connects.
 */
public final class AmqpPublisher implements Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(AmqpPublisher.class);
    private static final long TICK_MS = 100;

    private final Vertx vertx;
    private final BrokerConfig config;
    private final String name;
    private final Topology topology;
    private final PublishMetrics metrics;
    private final ThreadPoolExecutor writer;
    private final UnconfirmedMessages pending;
    private final Promise<AmqpPublisher> firstOpen = Promise.promise();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final Backoff backoff;
    private volatile long connectAtNanos = System.nanoTime();
    private final CurrentChannel<PublishChannel> channel = new CurrentChannel<>();
    private volatile boolean stopped;

    private AmqpPublisher(Vertx vertx, BrokerConfig config, String name, Topology topology, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config;
        this.name = name;
        this.topology = config.declares() ? topology : Topology.NONE;
        this.pending = new UnconfirmedMessages(config.unconfirmedMax());
        this.metrics = new PublishMetrics(registry, pending);
        this.backoff = new Backoff(config.retryFirst(), config.retryMax());
        int tasksMax = 2 * config.unconfirmedMax() + 10;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(tasksMax),
                task -> new Thread(task, name + "-publisher"));
    }

    /**
     * Completes when the first connection is open and the topology is declared; retries until then.
     *
     * @param topology declared at each connection, so that a broker that lost it gets it back
     */
    public static Future<AmqpPublisher> start(
            Vertx vertx, BrokerConfig config, String name, Topology topology, Health health, MeterRegistry registry) {
        var publisher = new AmqpPublisher(vertx, config, name, topology, registry);
        health.register("rabbitmq publisher", publisher::problem);
        publisher.tickWhileNeeded();
        // Connecting ends on the writer thread.
        return EventLoop.onCallersContext(publisher.firstOpen.future());
    }

    /** Returns a publisher that adds spans to traced messages. */
    public Publisher traced(Tracing tracing) {
        return tracing.isOn() ? new TracedPublisher(this, tracing) : this;
    }

    @Override
    public Future<Void> publish(Route route, Message message) {
        return publish(OutgoingMessage.of(route, message));
    }

    public Future<Void> publish(OutgoingMessage message) {
        if (stopped || !isOpen()) {
            return refuse("not connected, or blocked by the broker");
        }
        Optional<UnconfirmedMessage> accepted =
                pending.accept(message, vertx.getOrCreateContext(), config.confirmMax());
        if (accepted.isEmpty()) {
            return refuse("more than " + config.unconfirmedMax() + " messages are unconfirmed");
        }
        write(this::sendWaiting);
        tickWhileNeeded();
        return accepted.get().outcome();
    }

    private Future<Void> refuse(String why) {
        metrics.notSent();
        return Future.failedFuture(new PublishException(PublishException.Kind.NOT_SENT, why));
    }

    @Override
    public void tell(Route route, Message message) {
        tell(OutgoingMessage.of(route, message));
    }

    void tell(OutgoingMessage outgoing) {
        PublishChannel now = channel.get();
        if (now == null) {
            metrics.untold();
            return;
        }
        write(() -> {
            try {
                now.tell(outgoing);
            } catch (IOException | RuntimeException e) {
                LOG.debug("best-effort message not sent: {}", e.toString());
                metrics.untold();
            }
        });
    }

    @Override
    public boolean isOpen() {
        PublishChannel now = channel.get();
        return now != null && now.isOpen();
    }

    /** Accepts no more messages, waits until those in flight are confirmed or past their deadline, and closes. */
    public Future<Void> stop() {
        stopped = true;
        return Future.join(
                        pending.all().stream().map(UnconfirmedMessage::outcome).toList())
                .transform(settled -> vertx.executeBlocking(() -> {
                    writer.shutdown();
                    PublishChannel last = channel.close();
                    if (last != null) {
                        last.close(config.connectMax());
                    }
                    return null;
                }));
    }

    /** A full or stopped writer drops the task. A pending message is sent by the next task; a best-effort message is lost. */
    private void write(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException e) {
            metrics.untold();
        }
    }

    /** Runs on the writer thread: sends all messages not yet sent on this channel, in order. */
    private void sendWaiting() {
        PublishChannel now = channel.get();
        if (now == null) {
            return;
        }
        for (UnconfirmedMessage each = pending.next(); each != null; each = pending.next()) {
            try {
                now.send(each);
            } catch (IOException | RuntimeException e) {
                ended(now, e.toString());
                return;
            }
        }
    }

    private void tickWhileNeeded() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            long unused = vertx.setPeriodic(channel.get() == null ? 1 : TICK_MS, TICK_MS, this::tick);
        }
    }

    private boolean needsTicks() {
        return pending.size() > 0 || (channel.get() == null && !stopped);
    }

    private void tick(long timer) {
        PublishChannel now = channel.get();
        if (failLate() && now != null && !now.isBlocked() && now.isOlderThan(config.confirmMax())) {
            ended(now, noConfirm());
        }
        if (!needsTicks()) {
            boolean unused = vertx.cancelTimer(timer);
            ticking.set(false);
            // What came meanwhile saw a ticking timer.
            if (needsTicks()) {
                tickWhileNeeded();
            }
        } else if (channel.get() == null
                && connectAtNanos - System.nanoTime() <= 0
                && connecting.compareAndSet(false, true)) {
            connectSoon();
        } else if (pending.size() > 0) {
            write(this::sendWaiting);
        }
    }

    /** Returns whether one of them was sent. */
    private boolean failLate() {
        boolean sent = false;
        for (UnconfirmedMessage each : pending.late()) {
            settle(each, () -> each.lost(noConfirm()));
            sent |= each.isSent();
        }
        return sent;
    }

    private String noConfirm() {
        return "no confirm within " + config.confirmMax().toMillis() + " ms";
    }

    private void connectSoon() {
        try {
            writer.execute(this::connect);
        } catch (RejectedExecutionException e) {
            connecting.set(false);
        }
    }

    private void connect() {
        try {
            pending.sendAgain();
            PublishChannel opened = PublishChannel.open(config, name + " publisher", topology, new Events());
            if (!channel.open(opened)) {
                // stopped meanwhile
                opened.close(config.connectMax());
                return;
            }
            if (!opened.isConnected()) {
                // It closed before it was the current channel, so its listener changed nothing.
                connectAtNanos = System.nanoTime() + backoff.next().toNanos();
                ended(opened, "closed");
                return;
            }
            backoff.reset();
            LOG.info("publishing to {}", config);
            boolean unused = firstOpen.tryComplete(this);
            sendWaiting();
        } catch (IOException | TimeoutException | RuntimeException e) {
            LOG.warn("cannot connect to {}: {}", config, e.toString());
            connectAtNanos = System.nanoTime() + backoff.next().toNanos();
        } finally {
            connecting.set(false);
        }
    }

    private void ended(PublishChannel which, String why) {
        if (channel.end(which)) {
            LOG.warn("the connection to {} ended: {}", config, why);
            tickWhileNeeded();
            // Not on the writer thread: its queue may be full, or it may be blocked on this connection.
            Future<Void> unused = vertx.executeBlocking(
                    () -> {
                        which.close(config.connectMax());
                        return null;
                    },
                    false);
        }
    }

    /** The writer may send it until it is removed; what failed is known only then. */
    private void settle(UnconfirmedMessage each, Supplier<PublishException> failure) {
        if (pending.remove(each.number())) {
            PublishException known = failure.get();
            metrics.settled(known);
            each.settle(known);
        }
    }

    private Optional<String> problem() {
        PublishChannel now = channel.get();
        if (now == null) {
            return Optional.of("not connected to " + config);
        }
        if (!now.isConnected()) {
            return Optional.of("the connection to " + config + " has ended");
        }
        return now.isBlocked() ? Optional.of("blocked by the broker") : Optional.empty();
    }

    /** Called on the client's own threads. */
    private final class Events implements PublishChannel.Listener {
        @Override
        public void confirmed(UnconfirmedMessage message) {
            settle(message, () -> null);
        }

        @Override
        public void refused(UnconfirmedMessage message, String why) {
            settle(message, () -> message.refused(why));
        }

        @Override
        public void closed(PublishChannel which, String why) {
            ended(which, why);
        }
    }
}
