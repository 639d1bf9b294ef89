package dev.doorbuster.crowd.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** A histogram of durations, whose percentiles are at most 0.1 % too high. Not thread-safe. */
public final class Durations {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_MS = 1e6;

    private final Histogram histogram;

    public Durations() {
        this(new Histogram(SIGNIFICANT_DIGITS));
    }

    private Durations(Histogram histogram) {
        this.histogram = histogram;
    }

    /** All durations of the parts. */
    public static Durations of(Stream<Durations> parts) {
        var all = new Durations();
        parts.forEach(part -> all.histogram.add(part.histogram));
        return all;
    }

    /** A negative duration counts as 0. */
    public void record(long nanos) {
        histogram.recordValue(Math.max(0, nanos));
    }

    /** The value in milliseconds that this share of the durations does not exceed; 0 without durations. */
    public double millis(double share) {
        return histogram.getValueAtPercentile(share * 100) / NANOS_PER_MS;
    }

    @JsonValue
    byte[] encoded() {
        var bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(bytes.array(), histogram.encodeIntoCompressedByteBuffer(bytes));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Durations decoded(byte[] bytes) throws DataFormatException {
        return new Durations(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0));
    }
}
