package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.Evidence;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerPayment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every row's final state has its event, no event is without its row, and no queue has messages left. */
public final class EventCheck {
    private static final Map<String, String> EVENT_OF = Map.of(
            "RESERVED", "order.confirmed",
            "REJECTED", "order.rejected",
            "PAID", "order.paid",
            "CANCELLED", "order.cancelled",
            "EXPIRED", "order.expired",
            "REFUND_DUE", "order.refund-due");

    /** Keeps events without a consumer, on purpose. */
    private static final Set<String> KEPT = Set.of("unheard");

    private EventCheck() {}

    public static void run(Evidence evidence, Findings findings) {
        Map<String, Set<String>> published = new HashMap<>();
        evidence.broker()
                .events()
                .forEach(event -> published
                        .computeIfAbsent(event.order(), first -> new HashSet<>())
                        .add(event.type()));
        for (LedgerOrderRow row : evidence.ledger().orders()) {
            if (!published.getOrDefault(row.id(), Set.of()).contains(EVENT_OF.get(row.status()))) {
                findings.add(Violation.EVENT_MISSING, row + "; events " + published.get(row.id()));
            }
        }
        Set<String> paidFor =
                evidence.ledger().payments().stream().map(LedgerPayment::order).collect(Collectors.toSet());
        published.forEach((order, types) -> {
            LedgerOrderRow row = evidence.row(order);
            if (row == null ? !paidFor.contains(order) : !mayHave(row, types)) {
                findings.add(Violation.EVENT_UNFOUNDED, order + " " + types + "; the ledger has " + row);
            }
        });
        evidence.broker().messagesLeft().forEach((queue, messages) -> {
            if (messages > 0 && !KEPT.contains(queue)) {
                findings.add(Violation.MESSAGES_LEFT, messages + " in " + queue);
            }
        });
    }

    private static boolean mayHave(LedgerOrderRow row, Set<String> types) {
        return row.accepted()
                ? !types.contains("order.rejected")
                : !types.contains("order.confirmed") && !types.contains("order.paid");
    }
}
