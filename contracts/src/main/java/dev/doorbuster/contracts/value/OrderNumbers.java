package dev.doorbuster.contracts.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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
