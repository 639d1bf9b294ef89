package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.RefusalLossExcuse;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.OrderHistory;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares the answers about one order with each other ({@link #answers}), with the one to its repetition at the end ({@link
 * #repeats}), and with the order's row in the ledger ({@link #rows}). An answer that contradicts an earlier answer, or the
 * row, is a violation.
 */
public final class OrderOutcomeCheck {
    private final RunRecord run;
    private final Findings findings;
    private final Set<String> disturbed;
    private final RefusalLossExcuse excuse;

    private OrderOutcomeCheck(RunRecord run, Findings findings) {
        this.run = run;
        this.findings = findings;
        this.disturbed = run.disturbedSales();
        this.excuse = new RefusalLossExcuse(run);
    }

    /** No refusal after a reservation, and one order id per key. */
    public static void answers(RunRecord run, Findings findings) {
        for (OrderHistory order : run.orders().values()) {
            order.firstReserved()
                    .ifPresent(reserved -> order.refusedAfter(reserved)
                            .ifPresent(refused ->
                                    findings.add(Violation.REFUSED_AFTER_RESERVED, refused + "; before: " + reserved)));
            if (order.orderIds().size() > 1) {
                findings.add(Violation.TWO_ORDERS_FOR_ONE_KEY, order.requests());
            }
        }
    }

    /**
     * A reservation has an accepted row with the same id; an accepted request (202) has a row or a later refusal; an order
     * that was only refused has no accepted row; every row has a request.
     */
    public static void rows(RunRecord run, Findings findings) {
        var check = new OrderOutcomeCheck(run, findings);
        run.orders().forEach(check::order);
        Set<OrderHistory.Id> seen = new HashSet<>();
        for (LedgerOrderRow row : run.ledger().orders()) {
            OrderHistory.Id id = OrderHistory.Id.of(row);
            if (!seen.add(id)) {
                findings.add(Violation.TWO_ORDERS_FOR_ONE_KEY, row);
            }
            if (!run.orders().containsKey(id) && !run.hasUnknownKey(row.buyer())) {
                findings.add(Violation.ROW_WITHOUT_REQUEST, row);
            }
        }
    }

    /** Every reserved order was sent again at the end, and was answered with the same order, marked as a replay. */
    public static void repeats(RunRecord run, Findings findings) {
        run.orders()
                .values()
                .forEach(order -> order.firstReserved().ifPresent(reserved -> repeats(order, reserved, findings)));
    }

    private static void repeats(OrderHistory order, RequestRecord reserved, Findings findings) {
        if (order.repeats().isEmpty()) {
            findings.add(Violation.REPEAT_NOT_ANSWERED, reserved + ", and never sent again");
        } else if (!order.last().is(AnswerKind.RESERVED)) {
            findings.add(Violation.REPEAT_NOT_ANSWERED, order.last());
        } else if (!order.last().answer().orderId().equals(reserved.answer().orderId())) {
            findings.add(Violation.REPEAT_DIFFERS, order.last() + " after " + reserved);
        }
        order.repeats().stream()
                .filter(repeat ->
                        repeat.answer().httpStatus() == 201 && !repeat.answer().replayed())
                .forEach(repeat -> findings.add(Violation.REPEAT_DIFFERS, repeat + ", not marked as a replay"));
    }

    private void order(OrderHistory.Id id, OrderHistory order) {
        LedgerOrderRow row = run.row(id);
        order.firstReserved().ifPresent(request -> reserved(request, row));
        if (row == null) {
            order.undecided().ifPresent(request -> findings.add(Violation.NEVER_DECIDED, order.requests()));
        } else if (row.accepted()) {
            held(order, row);
        }
    }

    /** With faults or returned units, a refusal of one request does not prove that another was refused as well. */
    private void held(OrderHistory order, LedgerOrderRow row) {
        List<RequestRecord> afterMarkers = order.refusedAfterMarkers();
        boolean refused = disturbed.contains(row.sale())
                ? order.holdsNothingByEachAnswer() || !afterMarkers.isEmpty()
                : order.holdsNothing();
        if (!refused) {
            return;
        }
        long sent = order.firstSentMicros();
        String found = order.requests() + "; the ledger has " + row;
        if (excuse.applies(row, sent) || excuse.appliesToMarkers(row, sent, afterMarkers)) {
            findings.excuse(Violation.HELD_THOUGH_REFUSED, found);
        } else {
            findings.add(Violation.HELD_THOUGH_REFUSED, found);
        }
    }

    private void reserved(RequestRecord request, LedgerOrderRow row) {
        if (row == null || !row.accepted() || !row.id().equals(request.answer().orderId())) {
            findings.add(Violation.RESERVED_WITHOUT_ROW, request + "; the ledger has " + row);
        }
    }
}
