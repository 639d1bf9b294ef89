package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.check.Books.SaleRow;
import dev.doorbuster.cli.chaos.check.Counters.Counter;
import dev.doorbuster.cli.chaos.history.Round;
import java.util.Map;
import java.util.stream.Collectors;

/** Once all is quiet the counters agree with the ledger, and nobody has a claim without the hold it was for. */
final class CounterCheck {
    private static final String REDIS = "redis";

    private CounterCheck() {}

    static void run(Evidence evidence, Findings findings) {
        Map<String, SaleRow> sales =
                evidence.books().sales().stream().collect(Collectors.toMap(SaleRow::id, sale -> sale));
        for (Round round : evidence.history().rounds()) {
            SaleRow sale = sales.get(round.sale());
            Counter counter = evidence.counters().bySale().get(round.sale());
            if (sale == null) {
                continue;
            }
            if (counter == null || counter.available() + sale.sold() != sale.stock()) {
                findings.add(Breach.COUNTER_DIFFERS, counter + ", " + sale);
            }
            if (counter != null && !wasSetBack(round, evidence)) {
                claims(sale, counter, evidence, findings);
            }
        }
    }

    private static void claims(SaleRow sale, Counter counter, Evidence evidence, Findings findings) {
        Map<String, Long> held = evidence.books().orders().stream()
                .filter(row -> row.sale().equals(sale.id()) && row.holds())
                .collect(Collectors.groupingBy(OrderRow::buyer, Collectors.summingLong(OrderRow::quantity)));
        counter.claims().forEach((buyer, units) -> {
            if (units > held.getOrDefault(buyer, 0L)) {
                findings.add(
                        Breach.CLAIM_LEFT,
                        "%s claims %d and holds %d, %s".formatted(buyer, units, held.getOrDefault(buyer, 0L), sale));
            }
        });
    }

    /** A store that was set back has claims again that it had been told to release. They cost their buyer nothing. */
    private static boolean wasSetBack(Round round, Evidence evidence) {
        return evidence.history().happenings().stream()
                .filter(happening -> happening.overMicros() >= round.beganMicros())
                .anyMatch(happening -> happening.target().startsWith(REDIS));
    }
}
