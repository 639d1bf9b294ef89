package dev.doorbuster.crowd.judge;

import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.evidence.Evidence;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The one known way to a hold after a refusal: the refused request was delivered again, and the store that had recorded the
 * refusal had lost it meanwhile. It takes both faults, so one alone never excuses; the protocol's model excuses the same
 * ({@code Promises} in system-tests).
 */
public final class LostRefusals {
    /** A broker notices a lost consumer within two heartbeats of 5 s, and delivers its messages again then. */
    private static final long NOTICED_MICROS = 10_000_000;

    private static final Set<String> EMPTIES_REDIS = Set.of("empty-redis", "roll-back-redis");
    private static final Set<String> EMPTIES_MEMCACHED = Set.of("kill-memcached", "restart-memcached");

    private final Evidence evidence;

    public LostRefusals(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Whether it may have happened between the order's first request and its row's decision. */
    public boolean mayHaveHappened(LedgerOrderRow row, long sentMicros) {
        Set<String> empties = evidence.history().sales().stream()
                        .filter(sale -> sale.sale().equals(row.sale()))
                        .map(SaleRecord::counter)
                        .anyMatch("memcached"::equals)
                ? EMPTIES_MEMCACHED
                : EMPTIES_REDIS;
        return happened(sentMicros, row, fault -> empties.contains(fault.kind()))
                && happened(sentMicros - NOTICED_MICROS, row, LostRefusals::deliversAgain);
    }

    private boolean happened(long fromMicros, LedgerOrderRow row, Predicate<FaultRecord> kind) {
        return evidence.history().faults().stream()
                .filter(fault -> fault.overlaps(fromMicros, row.decidedMicros()))
                .anyMatch(kind);
    }

    private static boolean deliversAgain(FaultRecord fault) {
        return fault.target().startsWith("rabbitmq")
                || (fault.target().startsWith("stock-service") && fault.effect() != Effect.LOSS);
    }
}
