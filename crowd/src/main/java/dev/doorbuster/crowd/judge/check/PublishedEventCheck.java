package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerPayment;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the published events with the ledger's rows. A row whose status has no event is {@link Violation#EVENT_MISSING};
 * an event without an order or payment, or of a state that does not lead to its order's, is {@link Violation#EVENT_UNFOUNDED}; a
 * queue that is not empty at the end is {@link Violation#MESSAGES_LEFT}.
 */
public final class PublishedEventCheck {
    private static final Map<String, String> EVENT_OF_STATUS = Map.of(
            "RESERVED", "order.confirmed",
            "REJECTED", "order.rejected",
            "PAID", "order.paid",
            "CANCELLED", "order.cancelled",
            "EXPIRED", "order.expired",
            "REFUND_DUE", "order.refund-due");

    private static final Map<String, String> STATUS_OF_EVENT =
            EVENT_OF_STATUS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    /** The alternate queue for events without a consumer: it may have messages. */
    private static final Set<String> MAY_HAVE_MESSAGES = Set.of("unheard");

    private PublishedEventCheck() {}

    public static void run(RunRecord run, Findings findings) {
        Map<String, Set<String>> published = new HashMap<>();
        run.broker()
                .events()
                .forEach(event -> published
                        .computeIfAbsent(event.order(), first -> new HashSet<>())
                        .add(event.type()));
        for (LedgerOrderRow row : run.ledger().orders()) {
            if (!published.getOrDefault(row.id(), Set.of()).contains(EVENT_OF_STATUS.get(row.status()))) {
                findings.add(Violation.EVENT_MISSING, row + "; events " + published.get(row.id()));
            }
        }
        Set<String> dueBack = run.ledger().payments().stream()
                .filter(payment -> !payment.counts())
                .map(LedgerPayment::order)
                .collect(Collectors.toSet());
        published.forEach((order, types) -> {
            LedgerOrderRow row = run.row(order);
            if (!types.stream().allMatch(type -> isFounded(type, row, dueBack.contains(order)))) {
                findings.add(Violation.EVENT_UNFOUNDED, order + " " + types + "; the ledger has " + row);
            }
        });
        run.broker().messagesLeft().forEach((queue, messages) -> {
            if (messages > 0 && !MAY_HAVE_MESSAGES.contains(queue)) {
                findings.add(Violation.MESSAGES_LEFT, messages + " in " + queue);
            }
        });
    }

    /**
     * Money is due back for an order, or for none, whatever becomes of it; every other event tells of a state that leads to
     * the row's.
     */
    private static boolean isFounded(String type, LedgerOrderRow row, boolean dueBack) {
        String status = STATUS_OF_EVENT.get(type);
        if ("REFUND_DUE".equals(status)) {
            return dueBack;
        }
        if (row == null) {
            return false;
        }
        return status == null
                || (StateTransitionCheck.isTransition(status, row.status())
                        && row.accepted() != status.equals("REJECTED"));
    }
}
