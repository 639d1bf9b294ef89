package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.check.Books.PaymentRow;
import dev.doorbuster.cli.chaos.history.Answer;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every payment is recorded once, and its money is spent or due back; cancels and the ends of holds are not forgotten. */
final class PaymentCheck {
    /** How long after its time a hold may be found unended, once all is quiet. */
    private static final long OVERDUE_MAX_SECONDS = 30;

    private record Id(String order, String reference) {}

    private final Evidence evidence;
    private final Findings findings;

    private PaymentCheck(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    static void run(Evidence evidence, Findings findings) {
        var check = new PaymentCheck(evidence, findings);
        check.payments();
        Map<String, List<PaymentRow>> byOrder =
                evidence.books().payments().stream().collect(Collectors.groupingBy(PaymentRow::order));
        evidence.books().orders().forEach(row -> check.order(row, byOrder.getOrDefault(row.id(), List.of())));
        evidence.history().exchanges().forEach(check::cancel);
    }

    private void payments() {
        Map<Id, Integer> recorded = new HashMap<>();
        evidence.books()
                .payments()
                .forEach(row -> recorded.merge(new Id(row.order(), row.reference()), 1, Integer::sum));
        Set<Id> asked = new HashSet<>();
        for (Exchange exchange : evidence.history().exchanges()) {
            if (exchange.is(Request.Kind.PAY)) {
                Id id = new Id(exchange.request().order(), exchange.request().reference());
                asked.add(id);
                if (isTaken(exchange.answer()) && !recorded.containsKey(id)) {
                    findings.add(Breach.PAYMENT_LOST, exchange);
                }
            }
        }
        recorded.forEach((id, times) -> {
            if (!asked.contains(id)) {
                findings.add(Breach.PAYMENT_UNASKED, id);
            }
            if (times > 1) {
                findings.add(Breach.MONEY_AND_ORDER_DIFFER, id + " is recorded " + times + " times");
            }
        });
    }

    /** Money that buys nothing any more is refused as what pays for the order, and recorded all the same. */
    private static boolean isTaken(Answer answer) {
        return answer.status() / 100 == 2 || answer.is(409, "already-paid") || answer.is(409, "payment-refund-due");
    }

    private void order(OrderRow row, List<PaymentRow> payments) {
        long counting = payments.stream().filter(PaymentRow::counts).count();
        boolean paid = row.status().equals("PAID");
        boolean dueBack = row.status().equals("REFUND_DUE");
        if (counting != (paid ? 1 : 0) || payments.isEmpty() == (paid || dueBack)) {
            findings.add(Breach.MONEY_AND_ORDER_DIFFER, row + " with " + payments);
        }
        if (row.status().equals("RESERVED") && row.overdueSeconds() > OVERDUE_MAX_SECONDS) {
            findings.add(Breach.HOLD_NEVER_ENDED, row);
        }
    }

    private void cancel(Exchange exchange) {
        if (exchange.is(Request.Kind.CANCEL) && exchange.answer().status() / 100 == 2) {
            OrderRow row = evidence.row(exchange.request().order());
            if (row == null || row.status().equals("RESERVED")) {
                findings.add(Breach.CANCEL_LOST, exchange + "; the ledger has " + row);
            }
        }
    }
}
