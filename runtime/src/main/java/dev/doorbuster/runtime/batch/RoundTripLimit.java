package dev.doorbuster.runtime.batch;

import java.util.ArrayDeque;

/**
 * Limits the round trips that several batchers have in progress together. A batcher that waits for one gathers elements
 * meanwhile, so that many keys at once make fewer and larger batches. Waiting round trips begin in order. To be used on one event
 * loop only.
 */
public final class RoundTripLimit {
    private final int max;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private int lifted;
    private boolean beginning;

    public RoundTripLimit(int max) {
        this.max = max;
    }

    /** Counts a round trip that begins now, and returns true; otherwise {@code later} is run once one may begin. */
    boolean begin(Runnable later) {
        if (mayBegin() && (beginning || waiting.isEmpty())) {
            running++;
            return true;
        }
        waiting.add(later);
        return false;
    }

    /** A round trip that began has ended. */
    public void end() {
        running--;
        beginWaiting();
    }

    /** Nothing is limited until {@link #restore()}. */
    public void lift() {
        lifted++;
        beginWaiting();
    }

    /** Ends one {@link #lift()}. */
    public void restore() {
        lifted--;
    }

    private boolean mayBegin() {
        return lifted > 0 || running < max;
    }

    /** A loop, because a round trip may end while it begins. */
    private void beginWaiting() {
        if (beginning) {
            return;
        }
        beginning = true;
        try {
            while (!waiting.isEmpty() && mayBegin()) {
                waiting.poll().run();
            }
        } finally {
            beginning = false;
        }
    }
}
