package dev.doorbuster.contracts.value;

/**
 * The number of an order request: an edge numbers those it publishes for a sale from 1.
 *
 * @param stream identifies edge and sale; an edge begins another stream after a failed publication
 */
public record OrderNumber(long stream, long number) {
    /** Streams are random; JSON readers with floating-point numbers must read them exactly. */
    public static final long STREAM_MAX = (1L << 53) - 1;

    public OrderNumber {
        Require.range(stream, 1, STREAM_MAX, "stream");
        Require.range(number, 1, Long.MAX_VALUE, "number");
    }
}
