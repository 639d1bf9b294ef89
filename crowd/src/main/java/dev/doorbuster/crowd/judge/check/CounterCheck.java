package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import dev.doorbuster.crowd.judge.evidence.SaleCounter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Once no request is under way the counters agree with the ledger, and no buyer has a claim without its hold. */
public final class CounterCheck {
    private static final Set<String> SET_BACK = Set.of(
            "empty-redis", "roll-back-redis", "fail-over-redis", "isolate-redis", "mute-redis", "fill-disk-redis");
    private static final Set<String> REPLACED = Set.of("kill-redis", "stall-redis");
    /** The name of a server without replicas. */
    private static final String SINGLE = "redis";

    private CounterCheck() {}

    public static void run(RunRecord run, Findings findings) {
        Map<String, LedgerSale> sales =
                run.ledger().sales().stream().collect(Collectors.toMap(LedgerSale::id, sale -> sale));
        for (SaleRecord record : run.history().sales()) {
            LedgerSale sale = sales.get(record.sale());
            SaleCounter counter = run.counters().get(record.sale());
            if (sale == null) {
                continue;
            }
            if (counter == null || counter.available() + sale.sold() != sale.stock()) {
                findings.add(Violation.COUNTER_DIFFERS, counter + ", " + sale);
            }
            if (counter != null && !wasSetBack(record, run)) {
                claims(sale, counter, run, findings);
            }
        }
    }

    private static void claims(LedgerSale sale, SaleCounter counter, RunRecord run, Findings findings) {
        Map<String, Long> held = run.ledger().orders().stream()
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
    private static boolean wasSetBack(SaleRecord sale, RunRecord run) {
        return run.history().faults().stream()
                .filter(fault -> fault.overMicros() >= sale.beganMicros())
                .anyMatch(CounterCheck::setsBack);
    }

    /** One of several nodes that fails is replaced by a replica, which may be older; a single one goes on with its own data. */
    private static boolean setsBack(FaultRecord fault) {
        return SET_BACK.contains(fault.kind())
                || (REPLACED.contains(fault.kind()) && !fault.target().equals(SINGLE));
    }
}
