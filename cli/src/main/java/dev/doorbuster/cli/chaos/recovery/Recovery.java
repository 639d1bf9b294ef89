package dev.doorbuster.cli.chaos.recovery;

import dev.doorbuster.cli.chaos.ChaosPlan;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.SaleRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Computes the recovery time after each fault from a history, for both kinds of counters. */
public final class Recovery {
    private static final String REDIS = "redis";
    private static final String MEMCACHED = "memcached";
    public static final List<String> COUNTERS = List.of(REDIS, MEMCACHED);

    private Recovery() {}

    /**
     * One for each fault.
     *
     * @param probes sales that cannot sell out, one of each kind of counter
     */
    public static List<Recovered> after(ChaosPlan plan, CrowdHistory history, List<SaleRecord> probes) {
        Map<String, String> counterOf =
                probes.stream().collect(Collectors.toMap(SaleRecord::sale, SaleRecord::counter));
        Map<String, List<RequestRecord>> confirmed = history.requests().stream()
                .filter(request -> counterOf.containsKey(request.request().sale()))
                .filter(request -> request.is(ShopRequest.Kind.ORDER))
                .filter(request ->
                        request.is(AnswerKind.RESERVED) && !request.answer().replayed())
                .collect(Collectors.groupingBy(
                        request -> counterOf.get(request.request().sale())));
        return history.faults().stream()
                .map(fault -> new Recovered(
                        plan.system().topology().label(),
                        plan.seed(),
                        fault.kind(),
                        next(fault, confirmed.getOrDefault(REDIS, List.of())),
                        next(fault, confirmed.getOrDefault(MEMCACHED, List.of()))))
                .toList();
    }

    private static Double next(FaultRecord fault, List<RequestRecord> confirmed) {
        return confirmed.stream()
                .filter(request -> request.sentMicros() >= fault.healedMicros())
                .map(request -> (request.answeredMicros() - fault.healedMicros()) / 1e6)
                .min(Double::compare)
                .orElse(null);
    }
}
