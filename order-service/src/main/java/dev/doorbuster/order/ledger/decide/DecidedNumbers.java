package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Numbers of decided requests by stream, as ranges. */
public final class DecidedNumbers {
    private final Map<Long, List<OrderNumbers>> streams = new TreeMap<>();

    /** Adjacent numbers arrive in order, so that a range usually grows at its end. */
    void add(OrderNumber number) {
        add(new OrderNumbers(number.stream(), number.number(), number.number()));
    }

    void add(OrderNumbers numbers) {
        List<OrderNumbers> ranges = streams.computeIfAbsent(numbers.stream(), stream -> new ArrayList<>());
        OrderNumbers before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (before != null && before.last() + 1 == numbers.first()) {
            ranges.set(ranges.size() - 1, new OrderNumbers(before.stream(), before.first(), numbers.last()));
        } else {
            ranges.add(numbers);
        }
    }

    public boolean isEmpty() {
        return streams.isEmpty();
    }

    /** Ranges in the order of their arrival, by stream; they may overlap. */
    public Map<Long, List<OrderNumbers>> byStream() {
        return Collections.unmodifiableMap(streams);
    }

    /** Multiranges as PostgreSQL reads them, by stream; streams are sorted, so that all transactions lock rows in one order. */
    Map<Long, String> multiranges() {
        var multiranges = new LinkedHashMap<Long, String>();
        streams.forEach((stream, ranges) -> multiranges.put(stream, multirange(ranges)));
        return multiranges;
    }

    private static String multirange(List<OrderNumbers> ranges) {
        var text = new StringBuilder("{");
        for (OrderNumbers each : ranges) {
            text.append(text.length() == 1 ? "[" : ",[")
                    .append(each.first())
                    .append(',')
                    .append(each.last())
                    .append(']');
        }
        return text.append('}').toString();
    }
}
