package dev.doorbuster.cli.bench.client;

/**
 * Counts durations in buckets whose width grows with the value: 64 buckets per power of two, so that a percentile is
 * less than 1.6 % too high. Not thread-safe.
 */
final class LatencyHistogram {
    private static final int SUB_BUCKET_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
    private static final double NANOS_PER_MS = 1e6;

    private final long[] counts = new long[(Long.SIZE - SUB_BUCKET_BITS + 1) << SUB_BUCKET_BITS];
    private long total;
    private long maxNanos;

    /** Records a duration; a negative one counts as 0. */
    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        maxNanos = Math.max(maxNanos, value);
    }

    /**
     * The percentile in milliseconds: the value that this share of the durations does not exceed; 0 without
     * durations.
     */
    double quantileMs(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(upperBound(bucket), maxNanos) / NANOS_PER_MS;
            }
        }
        return maxNanos / NANOS_PER_MS;
    }

    LoadResult.Percentiles percentiles() {
        return new LoadResult.Percentiles(quantileMs(0.5), quantileMs(0.99), maxNanos / NANOS_PER_MS);
    }

    private static int bucket(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BUCKET_BITS;
        int sub = (int) (value >>> exponent) - SUB_BUCKETS;
        return ((exponent + 1) << SUB_BUCKET_BITS) + sub;
    }

    private static long upperBound(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int exponent = (bucket >>> SUB_BUCKET_BITS) - 1;
        long sub = (bucket & (SUB_BUCKETS - 1)) + (long) SUB_BUCKETS;
        return ((sub + 1) << exponent) - 1;
    }
}
