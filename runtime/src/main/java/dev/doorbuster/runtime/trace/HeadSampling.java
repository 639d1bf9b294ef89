package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Decides at the edge which requests are traced; the decision is final for all later steps. A client's decision is respected,
 * since a partial trace is useless. But any client may send the header, and a large number of them must not force the tracing
 * of all their requests: a limited number a second is traced, and of the rest the same ratio as of requests without a decision.
 * Random, not by trace id, which a client could choose.
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

    /** Whether to trace a request. {@code client} is the span of its header; invalid if there is none. */
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
