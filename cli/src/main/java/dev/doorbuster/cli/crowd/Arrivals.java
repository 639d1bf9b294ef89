package dev.doorbuster.cli.crowd;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Starts things at a rate that does not wait for their ends, and tells when all have ended. */
final class Arrivals {
    private static final long TICK_MS = 5;

    private final int count;
    private final int perSecond;
    private final long startNanos = System.nanoTime();
    private final Arrival arrival;
    private final Promise<Void> allEnded = Promise.promise();
    private int started;
    private int ended;

    private Arrivals(int count, int perSecond, Arrival arrival) {
        this.count = count;
        this.perSecond = perSecond;
        this.arrival = arrival;
    }

    interface Arrival {
        /**
         * Starts one.
         *
         * @param dueAtNanos when it was due, as {@link System#nanoTime} tells it, which is not later than now
         */
        Future<Void> come(int number, long dueAtNanos);
    }

    static Future<Void> run(Vertx vertx, int count, int perSecond, Arrival arrival) {
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
            arrival.come(number, startNanos + dueAfter(number)).onComplete(end -> {
                if (++ended == count) {
                    allEnded.complete();
                }
            });
        }
    }

    private long dueAfter(int number) {
        return number * 1_000_000_000L / perSecond;
    }
}
