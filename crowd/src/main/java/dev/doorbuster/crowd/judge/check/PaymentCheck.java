package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerPayment;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every payment is recorded once, and its money is spent or due back; cancels and the ends of holds are carried out. */
public record PaymentCheck(RunRecord run, Findings findings) {
    /** How long after its time a hold may be found unended, once no request is under way. */
    private static final long OVERDUE_MAX_SECONDS = 30;

    private record Id(String order, String reference) {}

    public static void run(RunRecord run, Findings findings) {
        var check = new PaymentCheck(run, findings);
        check.payments();
        Map<String, List<LedgerPayment>> byOrder =
                run.ledger().payments().stream().collect(Collectors.groupingBy(LedgerPayment::order));
        run.ledger().orders().forEach(row -> check.order(row, byOrder.getOrDefault(row.id(), List.of())));
        run.history().requests().forEach(check::cancel);
        check.cancelled();
        check.holdsThatEnded();
    }

    /** No hold began before its buyer first asked; the database's clock measures it. */
    private void holdsThatEnded() {
        Map<String, Long> holdMicros = new HashMap<>();
        run.history().sales().forEach(sale -> holdMicros.put(sale.sale(), sale.holdSeconds() * 1_000_000));
        Map<List<String>, Long> askedAt = new HashMap<>();
        for (RequestRecord request : run.history().requests()) {
            askedAt.merge(buyer(request), request.sentMicros(), Math::min);
        }
        for (LedgerOrderRow row : run.ledger().orders()) {
            long asked = askedAt.getOrDefault(List.of(row.sale(), row.buyer()), 0L);
            if (row.endedEarly() && !run.isOfDatabasesClock(asked, Long.MAX_VALUE)) {
                findings.add(Violation.HOLD_ENDED_EARLY, row);
            }
        }
        for (RequestRecord request : run.history().requests()) {
            long asked = askedAt.get(buyer(request));
            boolean early = "EXPIRED".equals(request.answer().status())
                    && request.answeredMicros() - asked
                            < holdMicros.getOrDefault(request.request().sale(), 0L);
            if (early && !run.isOfDatabasesClock(asked, request.answeredMicros())) {
                findings.add(Violation.HOLD_ENDED_EARLY, request);
            }
        }
    }

    private static List<String> buyer(RequestRecord request) {
        return List.of(request.request().sale(), request.request().buyer());
    }

    private void payments() {
        Map<Id, Integer> recorded = new HashMap<>();
        run.ledger().payments().forEach(row -> recorded.merge(new Id(row.order(), row.reference()), 1, Integer::sum));
        Set<Id> sent = new HashSet<>();
        for (RequestRecord request : run.history().requests()) {
            if (request.is(ShopRequest.Kind.PAY)) {
                Id id = new Id(request.request().order(), request.request().reference());
                sent.add(id);
                if (isRecorded(request.answer()) && !recorded.containsKey(id)) {
                    findings.add(Violation.PAYMENT_LOST, request);
                }
            }
        }
        recorded.forEach((id, times) -> {
            if (!sent.contains(id)) {
                findings.add(Violation.PAYMENT_UNASKED, id);
            }
            if (times > 1) {
                findings.add(Violation.MONEY_AND_ORDER_DIFFER, id + " is recorded " + times + " times");
            }
        });
    }

    /** A payment that cannot pay for the order any more is refused, and recorded all the same. */
    private static boolean isRecorded(ShopAnswer answer) {
        return answer.isSuccess() || answer.is(409, "already-paid") || answer.is(409, "payment-refund-due");
    }

    private void order(LedgerOrderRow row, List<LedgerPayment> payments) {
        long counting = payments.stream().filter(LedgerPayment::counts).count();
        boolean paid = row.status().equals("PAID");
        boolean dueBack = row.status().equals("REFUND_DUE");
        if (counting != (paid ? 1 : 0) || payments.isEmpty() == (paid || dueBack)) {
            findings.add(Violation.MONEY_AND_ORDER_DIFFER, row + " with " + payments);
        }
        if (row.status().equals("RESERVED") && row.overdueSeconds() > OVERDUE_MAX_SECONDS) {
            findings.add(Violation.HOLD_NEVER_ENDED, row);
        }
    }

    private void cancelled() {
        Set<String> asked = run.history().requests().stream()
                .filter(request -> request.is(ShopRequest.Kind.CANCEL))
                .map(request -> request.request().order())
                .collect(Collectors.toSet());
        run.ledger().orders().stream()
                .filter(row -> row.status().equals("CANCELLED") && !asked.contains(row.id()))
                .forEach(row -> findings.add(Violation.CANCEL_UNASKED, row));
    }

    private void cancel(RequestRecord request) {
        if (request.is(ShopRequest.Kind.CANCEL) && request.answer().isSuccess()) {
            LedgerOrderRow row = run.row(request.request().order());
            if (row == null || row.status().equals("RESERVED")) {
                findings.add(Violation.CANCEL_LOST, request + "; the ledger has " + row);
            }
        }
    }
}
