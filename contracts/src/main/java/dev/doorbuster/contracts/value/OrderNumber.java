package dev.doorbuster.contracts.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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

    /** Successive order numbers of one stream, from {@code first} to {@code last}. */
    public record OrderNumbers(long stream, long first, long last) {
        public OrderNumbers {
            Require.range(stream, 1, OrderNumber.STREAM_MAX, "stream");
            Require.range(first, 1, Long.MAX_VALUE, "first");
            Require.range(last, first, Long.MAX_VALUE, "last");
        }

        /** The numbers as ranges, sorted. */
        public static List<OrderNumbers> of(Collection<OrderNumber> numbers) {
            var ranges = new ArrayList<OrderNumbers>();
            numbers.stream()
                    .sorted(Comparator.comparingLong(OrderNumber::stream).thenComparingLong(OrderNumber::number))
                    .forEach(each -> add(each, ranges));
            return ranges;
        }

        private static void add(OrderNumber next, List<OrderNumbers> ranges) {
            OrderNumbers before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (before != null && before.stream == next.stream() && next.number() <= before.last + 1) {
                ranges.set(ranges.size() - 1, new OrderNumbers(before.stream, before.first, next.number()));
            } else {
                ranges.add(new OrderNumbers(next.stream(), next.number(), next.number()));
            }
        }
    }
}
