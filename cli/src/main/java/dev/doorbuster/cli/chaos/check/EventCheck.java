package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.check.Books.PaymentRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every row's final state has its event, no event is without its row, and nothing is left lying about. */
final class EventCheck {
    private static final Map<String, String> TOLD_BY = Map.of(
            "RESERVED", "order.confirmed",
            "REJECTED", "order.rejected",
            "PAID", "order.paid",
            "CANCELLED", "order.cancelled",
            "EXPIRED", "order.expired",
            "REFUND_DUE", "order.refund-due");

    /** They keep what nobody listened to; that is what they are for. */
    private static final Set<String> KEEPSAKES = Set.of("unheard");

    private EventCheck() {}

    static void run(Evidence evidence, Findings findings) {
        Map<String, Set<String>> told = new HashMap<>();
        evidence.wire()
                .events()
                .forEach(event -> told.computeIfAbsent(event.order(), first -> new HashSet<>())
                        .add(event.type()));
        for (OrderRow row : evidence.books().orders()) {
            if (!told.getOrDefault(row.id(), Set.of()).contains(TOLD_BY.get(row.status()))) {
                findings.add(Breach.EVENT_MISSING, row + "; events " + told.get(row.id()));
            }
        }
        Set<String> paidFor =
                evidence.books().payments().stream().map(PaymentRow::order).collect(Collectors.toSet());
        told.forEach((order, types) -> {
            OrderRow row = evidence.row(order);
            if (row == null ? !paidFor.contains(order) : !mayBeTold(row, types)) {
                findings.add(Breach.EVENT_UNFOUNDED, order + " " + types + "; the ledger has " + row);
            }
        });
        evidence.wire().left().forEach((queue, messages) -> {
            if (messages > 0 && !KEEPSAKES.contains(queue)) {
                findings.add(Breach.MESSAGES_LEFT, messages + " in " + queue);
            }
        });
    }

    private static boolean mayBeTold(OrderRow row, Set<String> types) {
        return row.accepted()
                ? !types.contains("order.rejected")
                : !types.contains("order.confirmed") && !types.contains("order.paid");
    }
}
