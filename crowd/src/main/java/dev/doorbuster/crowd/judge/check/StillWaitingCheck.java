package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.OrderHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Buyers whose last order had no final answer when they had to stop asking: each is a violation. */
public final class StillWaitingCheck {
    private static final Set<AnswerKind> NOT_FINAL = Set.of(AnswerKind.BUSY, AnswerKind.LOST, AnswerKind.PENDING);

    private StillWaitingCheck() {}

    public static void run(CrowdHistory history, Findings findings) {
        Map<List<String>, RequestRecord> lastOrders = new HashMap<>();
        Map<OrderHistory.Id, Long> toldAt = new HashMap<>();
        for (RequestRecord request : history.requests()) {
            if (request.is(ShopRequest.Kind.ORDER)) {
                lastOrders.put(
                        List.of(request.request().sale(), request.request().buyer()), request);
            } else if (request.is(ShopRequest.Kind.LOOK)
                    && request.answer().kind().isFinal()) {
                toldAt.put(OrderHistory.Id.of(request), request.answeredMicros());
            }
        }
        for (RequestRecord last : lastOrders.values()) {
            boolean told = toldAt.getOrDefault(OrderHistory.Id.of(last), -1L) >= last.answeredMicros();
            // Without a key there is nothing that its buyer could repeat.
            if (last.key() != null && NOT_FINAL.contains(last.answer().kind()) && !told) {
                findings.add(Violation.STILL_WAITING, last);
            }
        }
    }
}
