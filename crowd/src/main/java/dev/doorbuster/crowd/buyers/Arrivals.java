package dev.doorbuster.crowd.buyers;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Starts tasks at a fixed rate, whether or not earlier ones have ended, and completes when all have ended: it fails if one has failed. */
public final class Arrivals {
    private static final long TICK_MS = 5;

    private final int count;
    private final int perSecond;
    private final long startNanos = System.nanoTime();
    private final Arrival arrival;
    private final Promise<Void> allEnded = Promise.promise();
    private int started;
    private int ended;
    private Throwable failure;

    private Arrivals(int count, int perSecond, Arrival arrival) {
        this.count = count;
        this.perSecond = perSecond;
        this.arrival = arrival;
    }

    /** A task. */
    public interface Arrival {
        /**
         * Starts it.
         *
         * @param dueAtNanos when it was due, as {@link System#nanoTime} tells it, not later than now
         */
        Future<Void> start(int number, long dueAtNanos);
    }

    public static Future<Void> run(Vertx vertx, int count, int perSecond, Arrival arrival) {
        if (count == 0) {
            return Future.succeededFuture();
        }
        var arrivals = new Arrivals(count, perSecond, arrival);
        long timer = vertx.setPeriodic(1, TICK_MS, tick -> arrivals.startDue());
        return arrivals.allEnded.future().onComplete(end -> {
            boolean unused = vertx.cancelTimer(timer);
        });
    }

    private void startDue() {
        long sinceStart = System.nanoTime() - startNanos;
        while (started < count && dueAfter(started) <= sinceStart) {
            int number = started++;
            arrival.start(number, startNanos + dueAfter(number)).onComplete(end -> {
                if (failure == null) {
                    failure = end.cause();
                }
                if (++ended == count) {
                    end();
                }
            });
        }
    }

    private void end() {
        if (failure == null) {
            allEnded.complete();
        } else {
            allEnded.fail(failure);
        }
    }

    private long dueAfter(int number) {
        return number * 1_000_000_000L / perSecond;
    }
}
