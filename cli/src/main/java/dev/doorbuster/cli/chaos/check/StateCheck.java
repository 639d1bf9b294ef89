package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Orders only ever change along the arrows, as far as buyers can tell and to the end. A state that was told is in the ledger:
 * whoever looks, pays or cancels afterwards does not hear that nothing has been decided. (Who places the order again may hear
 * it, where the ledger cannot be read in time.)
 */
final class StateCheck {
    private static final Map<String, Set<String>> LEADS_TO = Map.of(
            "PENDING", Set.of("PENDING", "RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE", "REJECTED"),
            "RESERVED", Set.of("RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE"),
            "EXPIRED", Set.of("EXPIRED", "PAID", "REFUND_DUE"),
            "CANCELLED", Set.of("CANCELLED", "REFUND_DUE"),
            "PAID", Set.of("PAID"),
            "REFUND_DUE", Set.of("REFUND_DUE"),
            "REJECTED", Set.of("REJECTED", "REFUND_DUE"));

    private StateCheck() {}

    static void run(Evidence evidence, Findings findings) {
        Map<String, List<Exchange>> byOrder = new HashMap<>();
        for (Exchange exchange : evidence.history().exchanges()) {
            if (isUndecided(exchange)) {
                byOrder.computeIfAbsent(exchange.request().order(), first -> new ArrayList<>())
                        .add(exchange);
            } else if (exchange.isTakenIn() && exchange.answer().id() != null) {
                byOrder.computeIfAbsent(exchange.answer().id(), first -> new ArrayList<>())
                        .add(exchange);
            }
        }
        byOrder.forEach((order, seen) -> {
            OrderRow row = evidence.row(order);
            for (int i = 0; i < seen.size(); i++) {
                laterAnswers(seen.get(i), seen.subList(i + 1, seen.size()), findings);
                if (row != null && !leads(state(seen.get(i)), row.status())) {
                    findings.add(Breach.STATE_WENT_BACK, row + "; before: " + seen.get(i));
                }
            }
        });
    }

    private static boolean isUndecided(Exchange exchange) {
        return exchange.is(Request.Kind.LOOK)
                ? exchange.isPending()
                : exchange.request().order() != null && exchange.answer().is(409, "order-pending");
    }

    private static String state(Exchange exchange) {
        return isUndecided(exchange) ? "PENDING" : exchange.answer().state();
    }

    /** Only what was asked after the first was known: of two in flight either may have been read first. */
    private static void laterAnswers(Exchange first, List<Exchange> answeredLater, Findings findings) {
        for (Exchange later : answeredLater) {
            boolean after = later.sentMicros() > first.answeredMicros();
            if (after && !leads(state(first), state(later))) {
                findings.add(Breach.STATE_WENT_BACK, later + "; before: " + first);
            }
        }
    }

    private static boolean leads(String from, String to) {
        return LEADS_TO.getOrDefault(from, Set.of()).contains(to);
    }
}
