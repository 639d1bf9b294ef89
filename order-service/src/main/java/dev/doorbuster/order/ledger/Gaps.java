package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleRecount.Cause;
import dev.doorbuster.contracts.message.SaleView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers how far each counter was from the ledger.
 *
 * <p>While orders are on their way from the counter to the ledger the counter is lower, and rightly so; such a gap changes
 * from one look to the next. A gap that is the same in two looks, under the same epoch, is a slip that nothing else
 * repairs. A recount ordered for a gap that was in flight after all errs high by as much, and the ledger mends that.
 */
final class Gaps {
    private record Gap(long epoch, long units) {}

    private Map<SaleId, Gap> last = new HashMap<>();
    private Map<SaleId, Gap> now = new HashMap<>();

    /** Compares a counter with its sale's row, read a little later; why a recount is due, if it is. */
    Optional<Cause> compare(SaleView sale, Optional<CounterValue> counter) {
        if (counter.isEmpty()) {
            return Optional.of(Cause.RECONCILER_MISSING);
        }
        var gap = new Gap(counter.get().epoch(), counter.get().available() - sale.available());
        if (gap.units() == 0) {
            return Optional.empty();
        }
        if (gap.equals(last.get(sale.saleId()))) {
            return Optional.of(Cause.RECONCILER_GAP);
        }
        now.put(sale.saleId(), gap);
        return Optional.empty();
    }

    /** Every sale has been compared: what was seen is what the next look goes by, all else is forgotten. */
    void endOfLook() {
        last = now;
        now = new HashMap<>();
    }
}
