package dev.doorbuster.learn.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Messages that a server pushed to one actor, in order, until a step takes them. Safe for any thread. */
public final class PushedMessages {
    /** Messages that may wait for a step; later ones are dropped. */
    private static final int WAITING_MAX = 100;

    private final Queue<String> arrived = new ArrayDeque<>();
    private final Queue<Promise<String>> awaited = new ArrayDeque<>();

    public void add(String message) {
        Promise<String> step;
        synchronized (this) {
            step = awaited.poll();
            if (step == null && arrived.size() < WAITING_MAX) {
                arrived.add(message);
            }
        }
        if (step != null) {
            step.complete(message);
        }
    }

    /** The first that no step has taken yet; completes when it arrives. */
    public synchronized Future<String> next() {
        if (!arrived.isEmpty()) {
            return Future.succeededFuture(arrived.remove());
        }
        Promise<String> step = Promise.promise();
        awaited.add(step);
        return step.future();
    }

    /** The same, or {@code (none)} if none arrives within the limit. */
    public Future<String> next(Duration limit) {
        Future<String> next = next();
        return next.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(late -> forget(next) ? Future.succeededFuture("(none)") : next);
    }

    /** False if its message has just arrived. */
    private synchronized boolean forget(Future<String> next) {
        return awaited.removeIf(step -> step.future() == next);
    }
}
