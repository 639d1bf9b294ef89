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
 * Looks at what lies in queues, beside all work with them. The Vert.x client would make each of its calls wait for the one before
 * it, of whatever client, on the same context: on the loop of one who consumes, a broker that is silent to a look would keep
 * acknowledgements waiting too. So a look takes place on a thread of its own, and what it saw comes back to the loop.
 *
 * <p>There is one at a time. Who asked has his limit; the look itself has that of each of the client's steps, and only when
 * it has ended, connection and all, does the next begin: however often somebody asks, a broker that is silent costs one thread and
 * one connection. To be used on one event loop only.
 */
public final class QueueInspector {
    /** Blocks, and is called on no event loop. */
    public interface Look<T> {
        T at(CountedQueues queues) throws IOException, TimeoutException;
    }

    /** Blocks, and is called on no event loop. It may end the connection. */
    public interface Use<T> {
        T of(Connection connection) throws IOException, TimeoutException;
    }

    private final Vertx vertx;
    private final BrokerConfig broker;
    private final String name;
    private final Duration lookMax;
    private final Duration keptMax;
    /** Completes when the last look has ended. */
    private Future<Void> last = Future.succeededFuture();

    private final OneShotTimer idle;
    /** The looks' alone, of which there is one at a time. */
    private Connection kept;

    /**
     * Looks for the first time when asked to.
     *
     * @param name by which the broker knows the connection
     * @param lookMax how long who asks has to wait at most
     * @param keptMax how long after a look its connection is kept for the next; zero ends it with the look
     */
    public QueueInspector(Vertx vertx, BrokerConfig broker, String name, Duration lookMax, Duration keptMax) {
        this.vertx = vertx;
        this.broker = broker;
        this.name = name;
        this.lookMax = lookMax;
        this.keptMax = keptMax;
        this.idle = new OneShotTimer(vertx);
    }

    /** Fails where the broker does not answer in time, also where the look before this one has not ended by then. */
    public <T> Future<T> look(Look<T> look) {
        long deadlineNanos = System.nanoTime() + lookMax.toNanos();
        return use(connection -> see(connection, look, deadlineNanos));
    }

    /** The same for who needs more of a connection than to look; what he does after his limit is his to prevent. */
    public <T> Future<T> use(Use<T> use) {
        return next(() -> connected(use))
                .onSuccess(used -> closeWhenIdle())
                .timeout(lookMax.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the connection that was kept. */
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
        // not composed where there is nothing to wait for: what comes of it belongs to the context that took the step
        return last.isComplete()
                ? take(step)
                : last.timeout(lookMax.toMillis(), TimeUnit.MILLISECONDS).compose(v -> take(step));
    }

    private <T> Future<T> take(Step<T> step) {
        if (!last.isComplete()) {
            return Future.failedFuture(new TimeoutException("the look before this one has not ended"));
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
}
