package dev.doorbuster.cli.chaos.recovery;

import dev.doorbuster.cli.chaos.ChaosPlan;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.SaleRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Computes the recovery time after each fault from a history, for both kinds of counters. */
public final class Recovery {
    static final List<String> COUNTERS = List.of("redis", "memcached");

    private Recovery() {}

    public static List<Recovered> after(ChaosPlan plan, CrowdHistory history) {
        Map<String, String> counterOf =
                history.sales().stream().collect(Collectors.toMap(SaleRecord::sale, SaleRecord::counter));
        Map<String, List<RequestRecord>> confirmed = history.requests().stream()
                .filter(request -> request.is(ShopRequest.Kind.ORDER))
                .filter(request ->
                        request.is(AnswerKind.RESERVED) && !request.answer().replayed())
                .collect(Collectors.groupingBy(
                        request -> counterOf.get(request.request().sale())));
        var recovered = new ArrayList<Recovered>();
        for (FaultRecord fault : history.faults()) {
            for (String counter : COUNTERS) {
                Double seconds = next(fault, confirmed.getOrDefault(counter, List.of()));
                recovered.add(
                        new Recovered(plan.system().topology().label(), plan.seed(), fault.kind(), counter, seconds));
            }
        }
        return recovered;
    }

    private static Double next(FaultRecord fault, List<RequestRecord> confirmed) {
        return confirmed.stream()
                .filter(request -> request.sentMicros() >= fault.beganMicros())
                .map(request -> (request.answeredMicros() - fault.beganMicros()) / 1e6)
                .min(Double::compare)
                .orElse(null);
    }
}
