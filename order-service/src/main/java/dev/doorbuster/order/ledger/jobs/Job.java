package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.runtime.start.EventLoop;
import dev.doorbuster.runtime.start.OneShotTimer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A periodic job: each round starts an interval after the previous one has ended, successful or not. To be used on
 * one event loop.
 */
public final class Job {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);

    private final Context context;
    private final String name;
    private final Duration interval;
    private final Supplier<Future<Void>> round;
    private final OneShotTimer next;
    private Future<Void> current = Future.succeededFuture();
    private boolean stopped;
    private volatile String problem;

    private Job(Vertx vertx, String name, Duration interval, Supplier<Future<Void>> round) {
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.interval = interval;
        this.round = round;
        this.next = new OneShotTimer(vertx);
    }

    /** Begins the first round, on an event loop of its own. */
    public static Future<Job> start(Vertx vertx, String name, Duration interval, Supplier<Future<Void>> round) {
        return EventLoop.call(vertx, () -> {
            var job = new Job(vertx, name, interval, round);
            job.next();
            return Future.succeededFuture(job);
        });
    }

    private void next() {
        current = attempt().transform(done -> {
            report(done.succeeded() ? null : String.valueOf(done.cause()));
            if (!stopped) {
                next.after(interval, this::next);
            }
            return Future.succeededFuture();
        });
    }

    /** Completes when the current round has ended; no other follows. */
    public Future<Void> stop() {
        return EventLoop.on(context, () -> {
            stopped = true;
            next.cancel();
            return current;
        });
    }

    /** The reason why the last round failed, if it did. Callable from any thread. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Does the steps of a round one after the other, also those after one that fails; then fails as the first that did. */
    static <T> Future<Void> each(Collection<T> all, Function<T, Future<Void>> step) {
        Future<Void> done = Future.succeededFuture();
        for (T one : all) {
            Future<Void> before = done;
            Future<Void> own = before.transform(ended -> step.apply(one));
            done = own.transform(ended -> before.failed() ? before : own);
        }
        return done;
    }

    private Future<Void> attempt() {
        try {
            return round.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Logs the first failure and the recovery, not every round. */
    private void report(String failure) {
        if (failure != null && problem == null) {
            LOG.warn("{} fails and will be retried: {}", name, failure);
        } else if (failure == null && problem != null) {
            LOG.info("{} has recovered", name);
        }
        problem = failure;
    }
}
