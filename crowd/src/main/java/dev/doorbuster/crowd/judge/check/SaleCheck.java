package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The units of each sale: sold, held and left, and whose turn it was. */
public record SaleCheck(RunRecord run, Findings findings) {
    /** Buyers who want a unit order again within this time. */
    private static final long STILL_ORDERING_MICROS = 10_000_000;

    public static void sums(RunRecord run, Findings findings) {
        var check = new SaleCheck(run, findings);
        run.ledger().sales().forEach(check::sums);
    }

    public static void turns(RunRecord run, Findings findings) {
        var check = new SaleCheck(run, findings);
        for (SaleRecord sale : run.history().sales()) {
            List<RequestRecord> orders = run.history().requests().stream()
                    .filter(request -> request.is(ShopRequest.Kind.ORDER))
                    .filter(request -> request.request().sale().equals(sale.sale()))
                    .toList();
            run.ledger().sales().stream()
                    .filter(row -> row.id().equals(sale.sale()))
                    .forEach(row -> check.unsold(row, sale, orders));
            check.turns(sale, orders);
        }
    }

    private void sums(LedgerSale sale) {
        var perBuyer = new HashMap<String, Long>();
        for (LedgerOrderRow row : run.ledger().orders()) {
            if (row.sale().equals(sale.id()) && row.holds()) {
                perBuyer.merge(row.buyer(), (long) row.quantity(), Long::sum);
            }
        }
        long held = perBuyer.values().stream().mapToLong(Long::longValue).sum();
        if (held > sale.stock() || sale.sold() > sale.stock()) {
            findings.add(Violation.OVERSOLD, held + " held, " + sale);
        }
        if (held != sale.sold()) {
            findings.add(Violation.SOLD_DIFFERS, held + " held, " + sale);
        }
        perBuyer.forEach((buyer, units) -> {
            if (units > sale.perBuyerLimit()) {
                findings.add(Violation.OVER_LIMIT, buyer + " holds " + units + ", " + sale);
            }
        });
    }

    private void unsold(LedgerSale row, SaleRecord sale, List<RequestRecord> orders) {
        long left = row.stock() - row.sold();
        Map<String, RequestRecord> last = new HashMap<>();
        orders.forEach(request -> last.put(request.request().buyer(), request));
        last.values().stream()
                .filter(request -> request.answer().isSoldOut())
                .filter(request -> request.request().quantity() <= left)
                .filter(request -> request.sentMicros() > sale.overMicros() - STILL_ORDERING_MICROS)
                .findFirst()
                .ifPresent(request -> findings.add(Violation.LEFT_UNSOLD, left + " left of " + row + "; " + request));
    }

    private void turns(SaleRecord sale, List<RequestRecord> orders) {
        long until = run.undisturbedUntil(sale);
        List<RequestRecord> undisturbed = orders.stream()
                .filter(request -> request.answeredMicros() < until)
                .toList();
        undisturbed.stream()
                .filter(request -> request.answer().is(409, "sold-out"))
                .findFirst()
                .ifPresent(refused -> undisturbed.stream()
                        .filter(request -> request.is(AnswerKind.RESERVED)
                                && !request.answer().replayed())
                        .filter(request -> request.isSentAfter(refused))
                        .filter(request -> isFirstOfBuyer(request, undisturbed))
                        .findFirst()
                        .ifPresent(served -> findings.add(Violation.OUT_OF_TURN, served + "; before: " + refused)));
    }

    /** A repetition gets what the first request had got, however late. */
    private static boolean isFirstOfBuyer(RequestRecord request, List<RequestRecord> all) {
        return all.stream()
                .noneMatch(other -> other.sentMicros() < request.sentMicros()
                        && other.request().buyer().equals(request.request().buyer()));
    }
}
