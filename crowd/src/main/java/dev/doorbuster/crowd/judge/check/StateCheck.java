package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.Evidence;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Orders change only as the table of states allows, as far as buyers can see and up to the row. A state that was told is in the
 * ledger: a later look, payment or cancel is not answered as undecided. (The same order sent again may be, where the
 * ledger cannot be read in time.)
 */
public final class StateCheck {
    private static final Map<String, Set<String>> LEADS_TO = Map.of(
            "PENDING", Set.of("PENDING", "RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE", "REJECTED"),
            "RESERVED", Set.of("RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE"),
            "EXPIRED", Set.of("EXPIRED", "PAID", "REFUND_DUE"),
            "CANCELLED", Set.of("CANCELLED", "REFUND_DUE"),
            "PAID", Set.of("PAID"),
            "REFUND_DUE", Set.of("REFUND_DUE"),
            "REJECTED", Set.of("REJECTED", "REFUND_DUE"));

    private StateCheck() {}

    public static void run(Evidence evidence, Findings findings) {
        Map<String, List<RequestRecord>> byOrder = new HashMap<>();
        for (RequestRecord request : evidence.history().requests()) {
            if (isUndecided(request)) {
                byOrder.computeIfAbsent(request.request().order(), first -> new ArrayList<>())
                        .add(request);
            } else if (request.is(AnswerKind.RESERVED)) {
                byOrder.computeIfAbsent(request.answer().orderId(), first -> new ArrayList<>())
                        .add(request);
            }
        }
        byOrder.forEach((order, seen) -> {
            LedgerOrderRow row = evidence.row(order);
            for (int i = 0; i < seen.size(); i++) {
                laterAnswers(seen.get(i), seen.subList(i + 1, seen.size()), findings);
                if (row != null && !leads(state(seen.get(i)), row.status())) {
                    findings.add(Violation.STATE_WENT_BACK, row + "; before: " + seen.get(i));
                }
            }
        });
    }

    private static boolean isUndecided(RequestRecord request) {
        return request.is(ShopRequest.Kind.LOOK)
                ? request.is(AnswerKind.PENDING)
                : request.request().order() != null && request.answer().is(409, "order-pending");
    }

    private static String state(RequestRecord request) {
        return isUndecided(request) ? "PENDING" : request.answer().status();
    }

    /** Only requests that were sent after the first answer: of two in flight either may have been read first. */
    private static void laterAnswers(RequestRecord first, List<RequestRecord> answeredLater, Findings findings) {
        for (RequestRecord later : answeredLater) {
            if (later.isSentAfter(first) && !leads(state(first), state(later))) {
                findings.add(Violation.STATE_WENT_BACK, later + "; before: " + first);
            }
        }
    }

    private static boolean leads(String from, String to) {
        return LEADS_TO.getOrDefault(from, Set.of()).contains(to);
    }
}
