package dev.doorbuster.cli.chaos.recovery;

import dev.doorbuster.cli.chaos.ChaosPlan;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Computes the recovery time after each fault from a history, for both kinds of counters, in sales that ran and had units when
 * it happened.
 */
public final class Recovery {
    static final List<String> COUNTERS = List.of("redis", "memcached");

    private Recovery() {}

    public static List<Recovered> after(ChaosPlan plan, CrowdHistory history) {
        Map<String, List<RequestRecord>> orders = history.requests().stream()
                .filter(request -> request.is(ShopRequest.Kind.ORDER))
                .collect(Collectors.groupingBy(request -> request.request().sale()));
        var recovered = new ArrayList<Recovered>();
        for (FaultRecord fault : history.faults()) {
            for (String counter : COUNTERS) {
                Double seconds = history.sales().stream()
                        .filter(sale -> sale.counter().equals(counter) && sale.beganMicros() <= fault.beganMicros())
                        .map(sale -> next(fault, orders.getOrDefault(sale.sale(), List.of())))
                        .flatMap(Optional::stream)
                        .min(Double::compare)
                        .orElse(null);
                recovered.add(
                        new Recovered(plan.system().topology().label(), plan.seed(), fault.kind(), counter, seconds));
            }
        }
        return recovered;
    }

    /** Empty for a sale that had no units before: until one comes back, nothing can be confirmed. */
    private static Optional<Double> next(FaultRecord fault, List<RequestRecord> orders) {
        return orders.stream()
                .filter(order -> order.sentMicros() >= fault.beganMicros())
                .filter(order -> isConfirmed(order) || order.answer().isSoldOut())
                .min(Comparator.comparingLong(RequestRecord::answeredMicros))
                .filter(Recovery::isConfirmed)
                .map(order -> (order.answeredMicros() - fault.beganMicros()) / 1e6);
    }

    private static boolean isConfirmed(RequestRecord order) {
        return order.is(AnswerKind.RESERVED) && !order.answer().replayed();
    }
}
