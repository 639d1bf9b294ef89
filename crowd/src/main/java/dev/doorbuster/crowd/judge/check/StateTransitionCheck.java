package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the states of one order in successive answers, and the last of them with the order's row. A transition that the
 * table of states does not have is {@link Violation#STATE_WENT_BACK}. A decided state is committed before it is answered,
 * so a later look, payment or cancel must not be answered as pending. A repeated order request may be: the edge answers 202
 * if it cannot read the ledger in time.
 */
public final class StateTransitionCheck {
    private static final Map<String, Set<String>> TRANSITIONS = Map.of(
            "PENDING", Set.of("PENDING", "RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE", "REJECTED"),
            "RESERVED", Set.of("RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE"),
            "EXPIRED", Set.of("EXPIRED", "PAID", "REFUND_DUE"),
            "CANCELLED", Set.of("CANCELLED", "REFUND_DUE"),
            "PAID", Set.of("PAID"),
            "REFUND_DUE", Set.of("REFUND_DUE"),
            "REJECTED", Set.of("REJECTED", "REFUND_DUE"));

    private StateTransitionCheck() {}

    public static void run(RunRecord run, Findings findings) {
        Map<String, List<RequestRecord>> byOrder = new HashMap<>();
        for (RequestRecord request : run.history().requests()) {
            if (isUndecided(request)) {
                byOrder.computeIfAbsent(request.request().order(), first -> new ArrayList<>())
                        .add(request);
            } else if (request.is(AnswerKind.RESERVED)) {
                byOrder.computeIfAbsent(request.answer().orderId(), first -> new ArrayList<>())
                        .add(request);
            }
        }
        byOrder.forEach((order, seen) -> {
            LedgerOrderRow row = run.row(order);
            for (int i = 0; i < seen.size(); i++) {
                laterAnswers(seen.get(i), seen.subList(i + 1, seen.size()), findings);
                if (row != null && !isTransition(state(seen.get(i)), row.status())) {
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

    /** Compares only requests sent after the first answer: the order of two concurrent reads is not known. */
    private static void laterAnswers(RequestRecord first, List<RequestRecord> answeredLater, Findings findings) {
        for (RequestRecord later : answeredLater) {
            if (later.isSentAfter(first) && !isTransition(state(first), state(later))) {
                findings.add(Violation.STATE_WENT_BACK, later + "; before: " + first);
            }
        }
    }

    static boolean isTransition(String from, String to) {
        return TRANSITIONS.getOrDefault(from, Set.of()).contains(to);
    }
}
