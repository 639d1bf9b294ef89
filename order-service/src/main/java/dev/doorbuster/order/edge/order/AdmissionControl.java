package dev.doorbuster.order.edge.order;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides whether one more order may wait for its decision, by time and not by number: an order is taken only if the orders
 * in front of it are expected to be decided within {@code waitMax}, at the rate at which orders were decided lately. All
 * others are refused at once, and are told when to ask again. Without this a crowd larger than the system carries fills
 * every queue up to its length, and each request waits for a place that its client has long given up.
 *
 * <p>An event loop that is late is such a queue as well, of requests that were not even read: while it is, orders are
 * refused too. To be used on one event loop only.
 */
final class AdmissionControl {
    /** Taken at any rate, which is known only once decisions come. */
    static final int UNDECIDED_ALWAYS = 1000;

    /** Fewer undecided orders than this are no overload, whatever else makes the event loop late. */
    static final int UNDECIDED_FEW = 64;

    static final Duration LATE = Duration.ofMillis(500);
    static final int RETRY_AFTER_SECONDS_MAX = 30;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Of the rate that was known, when a window has passed. */
    private static final double KEPT = 0.8;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double waitMaxSeconds;
    private final int retryAfterSecondsMin;
    private final LongSupplier nanoTime;
    private final Ticker ticker;
    private long windowSince;
    private int decidedInWindow;
    private int refusedInWindow;
    private double decidedPerSecond;
    private double refusedPerSecond;
    private long tickDue;
    private boolean ticking;

    /** A timer of the event loop. */
    interface Ticker {
        void after(Duration delay, Runnable task);
    }

    /**
     * Creates a control that knows no rate yet.
     *
     * @param waitMax how long an order that is taken may be expected to wait for its decision
     * @param retryAfterSecondsMin what {@code Retry-After} says at least
     */
    AdmissionControl(Duration waitMax, int retryAfterSecondsMin, LongSupplier nanoTime, Ticker ticker) {
        this.waitMaxSeconds = waitMax.toNanos() / NANOS_PER_SECOND;
        this.retryAfterSecondsMin = retryAfterSecondsMin;
        this.nanoTime = nanoTime;
        this.ticker = ticker;
        this.windowSince = nanoTime.getAsLong();
    }

    /** Whether an order may wait behind {@code undecided} others. */
    boolean admits(int undecided) {
        long now = nanoTime.getAsLong();
        roll(now, undecided);
        boolean admitted = undecided < UNDECIDED_FEW || (undecided < limit() && !isLate(now));
        if (!admitted) {
            refusedInWindow++;
        }
        return admitted;
    }

    void decided() {
        decidedInWindow++;
    }

    /** The orders that may be undecided now. */
    int limit() {
        return (int) Math.max(UNDECIDED_ALWAYS, decidedPerSecond * waitMaxSeconds);
    }

    /** When a refused order may expect a place: once those in front of it, and those refused like it, could be decided. */
    int retryAfterSeconds(int undecided) {
        if (decidedPerSecond < 1) {
            return retryAfterSecondsMin;
        }
        double seconds = Math.ceil((undecided + refusedPerSecond) / decidedPerSecond);
        return (int) Math.max(retryAfterSecondsMin, Math.min(RETRY_AFTER_SECONDS_MAX, seconds));
    }

    /** A rate is only learned, and forgotten, while there is enough to decide: an idle system has not become slow. */
    private void roll(long now, int undecided) {
        long passed = now - windowSince;
        if (passed < WINDOW_NANOS) {
            return;
        }
        double kept = Math.pow(KEPT, (double) passed / WINDOW_NANOS);
        if (undecided >= UNDECIDED_FEW || decidedInWindow * NANOS_PER_SECOND / passed > decidedPerSecond) {
            decidedPerSecond = kept * decidedPerSecond + (1 - kept) * decidedInWindow * NANOS_PER_SECOND / passed;
        }
        refusedPerSecond = kept * refusedPerSecond + (1 - kept) * refusedInWindow * NANOS_PER_SECOND / passed;
        decidedInWindow = 0;
        refusedInWindow = 0;
        windowSince = now;
    }

    /** Measured by a timer that runs only while orders come in numbers. */
    private boolean isLate(long now) {
        if (!ticking) {
            ticking = true;
            tickDue = now + WINDOW_NANOS;
            ticker.after(Duration.ofNanos(WINDOW_NANOS), () -> ticking = false);
        }
        return now - tickDue > LATE.toNanos();
    }
}
