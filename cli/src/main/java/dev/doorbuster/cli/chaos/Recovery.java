package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.History;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.cli.chaos.history.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds in a history how long sales stood still after each fault, for both kinds of counters. */
final class Recovery {
    static final List<String> COUNTERS = List.of("redis", "memcached");

    private Recovery() {}

    static List<Recovered> after(ChaosPlan plan, History history) {
        Map<String, String> counterOf =
                history.rounds().stream().collect(Collectors.toMap(Round::sale, Round::counter));
        Map<String, List<Exchange>> confirmed = history.exchanges().stream()
                .filter(exchange -> exchange.is(Request.Kind.ORDER))
                .filter(exchange -> exchange.isTakenIn() && !exchange.answer().replayed())
                .collect(Collectors.groupingBy(
                        exchange -> counterOf.get(exchange.request().sale())));
        var recovered = new ArrayList<Recovered>();
        for (Happening fault : history.happenings()) {
            for (String counter : COUNTERS) {
                Double seconds = next(fault, confirmed.getOrDefault(counter, List.of()));
                recovered.add(
                        new Recovered(plan.system().topology().label(), plan.seed(), fault.kind(), counter, seconds));
            }
        }
        return recovered;
    }

    private static Double next(Happening fault, List<Exchange> confirmed) {
        return confirmed.stream()
                .filter(exchange -> exchange.sentMicros() >= fault.beganMicros())
                .map(exchange -> (exchange.answeredMicros() - fault.beganMicros()) / 1e6)
                .min(Double::compare)
                .orElse(null);
    }
}
