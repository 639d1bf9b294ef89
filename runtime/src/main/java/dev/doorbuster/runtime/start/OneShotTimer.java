package dev.doorbuster.runtime.start;

import io.vertx.core.Vertx;
import java.time.Duration;

/** A single timer. Setting it replaces the previous task; cancelling is always allowed. To be used on one event loop. */
public final class OneShotTimer {
    /** Never a timer id: Vert.x counts from 0. */
    private static final long NONE = -1;

    private final Vertx vertx;
    private long timer = NONE;

    public OneShotTimer(Vertx vertx) {
        this.vertx = vertx;
    }

    public void after(Duration delay, Runnable task) {
        cancel();
        timer = vertx.setTimer(delay.toMillis(), id -> task.run());
    }

    public void every(Duration interval, Runnable task) {
        cancel();
        timer = vertx.setPeriodic(interval.toMillis(), id -> task.run());
    }

    public void atOnceAndEvery(Duration interval, Runnable task) {
        cancel();
        timer = vertx.setPeriodic(0, interval.toMillis(), id -> task.run());
    }

    public void cancel() {
        boolean unused = vertx.cancelTimer(timer);
        timer = NONE;
    }
}
