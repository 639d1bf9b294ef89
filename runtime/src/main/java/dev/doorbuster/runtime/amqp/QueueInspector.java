package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Inspects queues off the event loop: an inspection runs on a worker thread, and its result is returned to the event loop.
 *
 * <p>One inspection runs at a time. The caller's future has its own limit; the inspection has the timeouts of each client step,
 * and the next one starts only after it has ended, connection included. So an unresponsive broker costs one thread and one
 * connection, however many calls are made. To be used on one event loop only.
 */
public final class QueueInspector {
    /** Blocks; never called on an event loop. */
    public interface Look<T> {
        T at(CountedQueues queues) throws IOException, TimeoutException;
    }

    /** Blocks; never called on an event loop. It may close the connection. */
    public interface Use<T> {
        T of(Connection connection) throws IOException, TimeoutException;
    }

    private final Vertx vertx;
    private final BrokerConfig broker;
    private final String name;
    private final Duration lookMax;
    private final Duration keptMax;
    /** Completes when the last inspection has ended. */
    private Future<Void> last = Future.succeededFuture();

    private final OneShotTimer idle;
    /** Used by inspections only, which run one at a time. */
    private Connection kept;

    /**
     * Connects at the first inspection.
     *
     * @param name connection name shown by the broker
     * @param lookMax longest wait of a caller
     * @param keptMax how long the connection is kept open after an inspection; zero closes it at once
     */
    public QueueInspector(Vertx vertx, BrokerConfig broker, String name, Duration lookMax, Duration keptMax) {
        this.vertx = vertx;
        this.broker = broker;
        this.name = name;
        this.lookMax = lookMax;
        this.keptMax = keptMax;
        this.idle = new OneShotTimer(vertx);
    }

    /** Fails if there is no result within {@code lookMax}, the wait for the previous inspection included. */
    public <T> Future<T> look(Look<T> look) {
        long deadlineNanos = System.nanoTime() + lookMax.toNanos();
        return use(connection -> see(connection, look, deadlineNanos));
    }

    /** Like {@link #look}, with access to the whole connection. The function itself must stop at the limit. */
    public <T> Future<T> use(Use<T> use) {
        return next(() -> connected(use))
                .onSuccess(used -> closeWhenIdle())
                .timeout(lookMax.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the connection that was kept open. */
    public Future<Void> close() {
        return next(() -> {
            end();
            return null;
        });
    }

    private interface Step<T> {
        T take() throws IOException, TimeoutException;
    }

    private <T> Future<T> next(Step<T> step) {
        idle.cancel();
        // not composed if there is nothing to wait for: the result must complete on the calling context
        return last.isComplete()
                ? take(step)
                : last.timeout(lookMax.toMillis(), TimeUnit.MILLISECONDS).compose(v -> take(step));
    }

    private <T> Future<T> take(Step<T> step) {
        if (!last.isComplete()) {
            return Future.failedFuture(new TimeoutException("the previous inspection has not ended"));
        }
        Future<T> taken = vertx.executeBlocking(step::take, false);
        last = taken.transform(done -> Future.succeededFuture());
        return taken;
    }

    private void closeWhenIdle() {
        if (!keptMax.isZero()) {
            idle.after(keptMax, () -> {
                var unused = close();
            });
        }
    }

    private <T> T connected(Use<T> use) throws IOException, TimeoutException {
        boolean used = false;
        try {
            if (kept == null || !kept.isOpen()) {
                kept = broker.connectionFactory().newConnection(broker.addresses(), name);
            }
            T result = use.of(kept);
            used = true;
            return result;
        } finally {
            if (!used || keptMax.isZero()) {
                end();
            }
        }
    }

    private static <T> T see(Connection connection, Look<T> look, long deadlineNanos)
            throws IOException, TimeoutException {
        Channel channel = connection.createChannel();
        T result = look.at(new CountedQueues(channel, deadlineNanos));
        channel.close();
        return result;
    }

    private void end() {
        if (kept != null) {
            kept.abort(Math.toIntExact(broker.connectMax().toMillis()));
            kept = null;
        }
    }

    /** Access of one inspection to the queues: counting only; no message is taken from a queue. */
    public static final class CountedQueues {
        private final Channel channel;
        private final long deadlineNanos;

        CountedQueues(Channel channel, long deadlineNanos) {
            this.channel = channel;
            this.deadlineNanos = deadlineNanos;
        }

        /** Number of ready messages; unacknowledged ones are not included. */
        public long count(String queue) throws IOException, TimeoutException {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new TimeoutException("the inspection took too long");
            }
            return channel.messageCount(queue);
        }
    }
}
