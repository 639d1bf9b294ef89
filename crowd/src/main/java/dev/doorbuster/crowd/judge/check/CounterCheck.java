package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.Evidence;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import dev.doorbuster.crowd.judge.evidence.SaleCounters.SaleCounter;
import java.util.Map;
import java.util.stream.Collectors;

/** Once no request is under way the counters agree with the ledger, and no buyer has a claim without its hold. */
public final class CounterCheck {
    private static final String REDIS = "redis";

    private CounterCheck() {}

    public static void run(Evidence evidence, Findings findings) {
        Map<String, LedgerSale> sales =
                evidence.ledger().sales().stream().collect(Collectors.toMap(LedgerSale::id, sale -> sale));
        for (SaleRecord record : evidence.history().sales()) {
            LedgerSale sale = sales.get(record.sale());
            SaleCounter counter = evidence.counters().bySale().get(record.sale());
            if (sale == null) {
                continue;
            }
            if (counter == null || counter.available() + sale.sold() != sale.stock()) {
                findings.add(Violation.COUNTER_DIFFERS, counter + ", " + sale);
            }
            if (counter != null && !wasSetBack(record, evidence)) {
                claims(sale, counter, evidence, findings);
            }
        }
    }

    private static void claims(LedgerSale sale, SaleCounter counter, Evidence evidence, Findings findings) {
        Map<String, Long> held = evidence.ledger().orders().stream()
                .filter(row -> row.sale().equals(sale.id()) && row.holds())
                .collect(
                        Collectors.groupingBy(LedgerOrderRow::buyer, Collectors.summingLong(LedgerOrderRow::quantity)));
        counter.claims().forEach((buyer, units) -> {
            if (units > held.getOrDefault(buyer, 0L)) {
                findings.add(
                        Violation.CLAIM_LEFT,
                        "%s claims %d and holds %d, %s".formatted(buyer, units, held.getOrDefault(buyer, 0L), sale));
            }
        });
    }

    /** A store that was set back has claims again that had been released. They cost their buyer nothing. */
    private static boolean wasSetBack(SaleRecord sale, Evidence evidence) {
        return evidence.history().faults().stream()
                .filter(fault -> fault.overMicros() >= sale.beganMicros())
                .anyMatch(fault -> fault.target().startsWith(REDIS));
    }
}
