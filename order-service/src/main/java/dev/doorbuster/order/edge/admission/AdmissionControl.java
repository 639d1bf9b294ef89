package dev.doorbuster.order.edge.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the orders that wait for a decision by time, not by number: an order is admitted only if the orders before
 * it are expected to be decided within {@code decisionWaitMax}, at the recent decision rate. Others are rejected at once,
 * with a time to retry. Otherwise an overload fills every queue, and requests wait until their clients have timed
 * out.
 *
 * <p>A queue that does not become short within {@code decisionWaitMax} is no burst but a lasting overload: it is limited to
 * {@link #LASTING_WAIT_MAX}, as in controlled delay (RFC 8289), because a longer queue decides no more orders, and costs
 * memory and every buyer's time.
 *
 * <p>Requests that the event loop has not read yet wait, too: the later they are read, the fewer are admitted, because a
 * rejection costs less, and more of them are read. To be used on one event loop only.
 */
public final class AdmissionControl {
    /** Admitted at any rate while requests are read in time: a rate is known only after some decisions. */
    static final int UNDECIDED_ALWAYS = 1200;

    /** Fewer undecided orders are no overload, even if the event loop is late for other reasons. */
    static final int UNDECIDED_FEW = 64;

    static final Duration LASTING_WAIT_MAX = Duration.ofMillis(250);
    /** Delay of reading without a queue. */
    private static final Duration SHORT = Duration.ofMillis(100);

    /** Share of the limit that remains however late requests are read: fewer orders would not make an edge faster. */
    static final double SHARE_MIN = 0.5;

    static final int RETRY_AFTER_SECONDS_MAX = 30;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Share of the previous rate that is kept when a window ends. */
    private static final double KEPT = 0.8;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Duration decisionWaitMax;
    private final int retryAfterSecondsMin;
    private final LongSupplier nanoTime;
    private final Probe probe;
    private long windowSince;
    private int decidedInWindow;
    private int refusedInWindow;
    private double decidedPerSecond;
    private double refusedPerSecond;
    /** When the queue was short. */
    private long shortAt;

    private Duration waitMax;
    private long probeSentAt;
    private boolean probing;
    private long readDelayNanos;

    /** Tells how long a socket waits to be read. */
    public interface Probe {
        /** Sends a byte to this event loop, which calls {@code read} when it has read it. Returns false if it cannot. */
        boolean send(Runnable read);
    }

    /**
     * Creates a control without a known rate.
     *
     * @param decisionWaitMax expected time to the decision up to which orders are admitted
     * @param retryAfterSecondsMin minimum of {@code Retry-After}
     */
    public AdmissionControl(Duration decisionWaitMax, int retryAfterSecondsMin, LongSupplier nanoTime, Probe probe) {
        this.decisionWaitMax = decisionWaitMax;
        this.waitMax = decisionWaitMax;
        this.retryAfterSecondsMin = retryAfterSecondsMin;
        this.nanoTime = nanoTime;
        this.probe = probe;
        this.windowSince = nanoTime.getAsLong();
        this.shortAt = windowSince;
        this.probeSentAt = windowSince;
    }

    /** Whether an order may wait behind {@code undecided} others. */
    public boolean admits(int undecided) {
        long now = nanoTime.getAsLong();
        roll(now, undecided);
        double readDelay = readDelay(now);
        if (undecided < UNDECIDED_FEW && readDelay < SHORT.toNanos()) {
            shortAt = now;
        }
        boolean lasting = now - shortAt > decisionWaitMax.toNanos() && LASTING_WAIT_MAX.compareTo(decisionWaitMax) < 0;
        waitMax = lasting ? LASTING_WAIT_MAX : decisionWaitMax;
        double share = Math.max(SHARE_MIN, 1 - readDelay / waitMax.toNanos());
        boolean admitted = undecided < UNDECIDED_FEW || undecided < limit() * share;
        if (!admitted) {
            refusedInWindow++;
        }
        return admitted;
    }

    public void decided() {
        decidedInWindow++;
    }

    /** Number of orders that may be undecided now. */
    public int limit() {
        return (int) Math.max(UNDECIDED_ALWAYS, decidedPerSecond * waitMax.toNanos() / NANOS_PER_SECOND);
    }

    /** When a rejected order may be admitted: after the time to decide the waiting ones and those rejected so far. */
    public int retryAfterSeconds(int undecided) {
        if (decidedPerSecond < 1) {
            return retryAfterSecondsMin;
        }
        double seconds = Math.ceil((undecided + refusedPerSecond) / decidedPerSecond);
        return (int) Math.max(retryAfterSecondsMin, Math.min(RETRY_AFTER_SECONDS_MAX, seconds));
    }

    /** The rate is updated only while there is enough to decide: an idle system is not a slow one. */
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

    /** The last measured one, or a longer one that is being measured, in nanoseconds. */
    private double readDelay(long now) {
        if (!probing && now - probeSentAt >= WINDOW_NANOS) {
            probeSentAt = now;
            probing = probe.send(() -> {
                probing = false;
                readDelayNanos = nanoTime.getAsLong() - probeSentAt;
            });
        }
        return probing ? Math.max(readDelayNanos, now - probeSentAt) : readDelayNanos;
    }
}
