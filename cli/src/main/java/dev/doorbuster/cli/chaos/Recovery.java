package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.History;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.cli.chaos.history.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long sales stood still: from a fault to the first confirmation of an order that was placed after it, in a sale of
 * each kind.
 */
final class Recovery {
    private static final List<String> COUNTERS = List.of("redis", "memcached");

    private Recovery() {}

    /** One line for each kind of fault, below a headline. */
    static List<String> table(History history) {
        Map<String, String> counterOf =
                history.rounds().stream().collect(Collectors.toMap(Round::sale, Round::counter));
        List<Exchange> confirmed = history.exchanges().stream()
                .filter(exchange -> exchange.is(Request.Kind.ORDER))
                .filter(exchange -> exchange.isTakenIn() && !exchange.answer().replayed())
                .toList();
        Map<String, List<Happening>> byKind = history.happenings().stream()
                .collect(Collectors.groupingBy(Happening::kind, TreeMap::new, Collectors.toList()));
        var lines = new ArrayList<String>();
        lines.add(
                "%-20s %5s  %-22s %-22s".formatted("fault", "times", "redis, median (max)", "memcached, median (max)"));
        byKind.forEach((kind, faults) -> lines.add("%-20s %5d  %-22s %-22s"
                .formatted(
                        kind,
                        faults.size(),
                        seconds(faults, of(COUNTERS.get(0), counterOf, confirmed)),
                        seconds(faults, of(COUNTERS.get(1), counterOf, confirmed)))
                .stripTrailing()));
        return lines;
    }

    private static List<Exchange> of(String counter, Map<String, String> counterOf, List<Exchange> confirmed) {
        return confirmed.stream()
                .filter(exchange ->
                        counter.equals(counterOf.get(exchange.request().sale())))
                .toList();
    }

    private static String seconds(List<Happening> faults, List<Exchange> confirmed) {
        double[] seconds = faults.stream()
                .mapToDouble(fault -> next(fault, confirmed))
                .filter(each -> each >= 0)
                .sorted()
                .toArray();
        return seconds.length == 0
                ? "none came"
                : "%.2f s (%.2f s)"
                        .formatted(
                                seconds[seconds.length / 2],
                                Arrays.stream(seconds).max().getAsDouble());
    }

    private static double next(Happening fault, List<Exchange> confirmed) {
        return confirmed.stream()
                .filter(exchange -> exchange.sentMicros() >= fault.beganMicros())
                .mapToLong(Exchange::answeredMicros)
                .min()
                .stream()
                .mapToDouble(answered -> (answered - fault.beganMicros()) / 1e6)
                .findFirst()
                .orElse(-1);
    }
}
