package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleRecount.Cause;
import dev.doorbuster.contracts.message.SaleView;
import java.util.Collection;
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

    private final Map<SaleId, Gap> last = new HashMap<>();

    /** Compares a counter with its sale's row, read a little later; why a recount is due, if it is. */
    Optional<Cause> compare(SaleView sale, Optional<CounterValue> counter) {
        if (counter.isEmpty()) {
            last.remove(sale.saleId());
            return Optional.of(Cause.RECONCILER_MISSING);
        }
        var gap = new Gap(counter.get().epoch(), counter.get().available() - sale.available());
        if (gap.units() == 0) {
            last.remove(sale.saleId());
            return Optional.empty();
        }
        if (gap.equals(last.put(sale.saleId(), gap))) {
            last.remove(sale.saleId());
            return Optional.of(Cause.RECONCILER_GAP);
        }
        return Optional.empty();
    }

    /** Forgets all other sales. */
    void keepOnly(Collection<SaleId> sales) {
        last.keySet().retainAll(sales);
    }
}
