package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.LostRefusals;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.Evidence;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.OrderHistory;
import java.util.HashSet;
import java.util.Set;

/** The answers about each order against each other and against its row. */
public final class OrderCheck {
    /** From the beginning of the ledger's transaction to its end; the ledger's own limits are below it. */
    private static final long COMMIT_MAX_MICROS = 10_000_000;

    private final Evidence evidence;
    private final Findings findings;
    private final Set<String> disturbed;
    private final LostRefusals lostRefusals;

    private OrderCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.disturbed = evidence.disturbedSales();
        this.lostRefusals = new LostRefusals(evidence);
    }

    public static void answers(Evidence evidence, Findings findings) {
        for (OrderHistory order : evidence.orders().values()) {
            order.firstReserved()
                    .ifPresent(reserved -> order.refusedAfter(reserved)
                            .ifPresent(refused ->
                                    findings.add(Violation.REFUSED_AFTER_RESERVED, refused + "; before: " + reserved)));
            if (order.orderIds().size() > 1) {
                findings.add(Violation.TWO_ORDERS_FOR_ONE_KEY, order.requests());
            }
        }
    }

    public static void rows(Evidence evidence, Findings findings) {
        var check = new OrderCheck(evidence, findings);
        evidence.orders().forEach(check::order);
        Set<OrderHistory.Id> seen = new HashSet<>();
        for (LedgerOrderRow row : evidence.ledger().orders()) {
            OrderHistory.Id id = OrderHistory.Id.of(row);
            if (!seen.add(id)) {
                findings.add(Violation.TWO_ORDERS_FOR_ONE_KEY, row);
            }
            if (!evidence.orders().containsKey(id) && !evidence.hasUnknownKey(row.buyer())) {
                findings.add(Violation.ROW_WITHOUT_REQUEST, row);
            }
        }
    }

    private void order(OrderHistory.Id id, OrderHistory order) {
        LedgerOrderRow row = evidence.row(id);
        order.firstReserved().ifPresent(request -> reserved(request, row));
        if (row == null) {
            order.undecided().ifPresent(request -> findings.add(Violation.NEVER_DECIDED, order.requests()));
        } else if (row.accepted() && isRefused(order, row)) {
            heldThoughRefused(order, row);
        }
    }

    private boolean isRefused(OrderHistory order, LedgerOrderRow row) {
        return disturbed.contains(row.sale())
                ? order.isRefusedEachByItself(row.decidedMicros() + COMMIT_MAX_MICROS)
                : order.isRefused();
    }

    private void heldThoughRefused(OrderHistory order, LedgerOrderRow row) {
        String found = order.requests() + "; the ledger has " + row;
        if (lostRefusals.mayHaveHappened(row, order.requests().get(0).sentMicros())) {
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
