package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work done in rounds: the next begins an interval after the last has ended, well or not. To be used on one event loop. */
final class Job {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    private final Context context;
    private final String name;
    private final Duration interval;
    private final Supplier<Future<Void>> round;
    private final OneShotTimer next;
    private Future<Void> current = Future.succeededFuture();
    private boolean stopped;
    private volatile String problem;

    Job(Vertx vertx, String name, Duration interval, Supplier<Future<Void>> round) {
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.interval = interval;
        this.round = round;
        this.next = new OneShotTimer(vertx);
    }

    void start() {
        current = attempt().transform(done -> {
            report(done.succeeded() ? null : String.valueOf(done.cause()));
            if (!stopped) {
                next.after(interval, this::start);
            }
            return Future.succeededFuture();
        });
    }

    /** Completes when the round under way has ended; none follows. */
    Future<Void> stop() {
        return EventLoop.on(context, () -> {
            stopped = true;
            next.cancel();
            return current;
        });
    }

    /** Why the last round failed, or nothing. Safe for any thread. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private Future<Void> attempt() {
        try {
            return round.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Says once that it fails and once that it works again, not in every round. */
    private void report(String failure) {
        if (failure != null && problem == null) {
            LOG.warn("{} fails, and goes on trying: {}", name, failure);
        } else if (failure == null && problem != null) {
            LOG.info("{} works again", name);
        }
        problem = failure;
    }
}
