package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Decides at the door which requests are traced; nobody decides again behind it. A client that has decided is followed, for
 * a trace with holes is none. But anybody may send such a header, and a crowd that does must not be able to have all of its
 * requests traced: so many a second are, and of the rest as many as of the requests that bring no decision. By lot, not by the
 * trace's id, which a client could choose.
 */
final class HeadSampling {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final double ratio;
    private final int forcedPerSecondMax;
    private final LongSupplier nanoTime;
    private long secondBegan;
    private int forcedInSecond;

    HeadSampling(double ratio, int forcedPerSecondMax, LongSupplier nanoTime) {
        this.ratio = ratio;
        this.forcedPerSecondMax = forcedPerSecondMax;
        this.nanoTime = nanoTime;
        this.secondBegan = nanoTime.getAsLong();
    }

    /** Whether to trace a request whose client names this span; an invalid one where it names none. */
    boolean takes(SpanContext client) {
        if (client.isValid()) {
            return client.isSampled() && (mayBeForced() || draws());
        }
        return draws();
    }

    private boolean draws() {
        return ThreadLocalRandom.current().nextDouble() < ratio;
    }

    private synchronized boolean mayBeForced() {
        long now = nanoTime.getAsLong();
        if (now - secondBegan >= NANOS_PER_SECOND) {
            secondBegan = now;
            forcedInSecond = 0;
        }
        return forcedInSecond++ < forcedPerSecondMax;
    }
}
