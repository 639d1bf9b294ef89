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
 *
 * <p>Where a recount does not arrive, something is down that no further recount mends. It is asked for the first time it
 * is due, the second, the fourth, and so on, in the end each {@value #TURNS_BETWEEN_MAX}nd time.
 */
final class DriftTracker {
    private static final int TURNS_BETWEEN_MAX = 32;
    private static final long NO_EPOCH = -1;

    private record Gap(long epoch, long units) {}

    /** How often a recount has been due over the same counter. */
    private record Due(long epoch, int times) {}

    private Map<SaleId, Gap> last = new HashMap<>();
    private Map<SaleId, Gap> now = new HashMap<>();
    private Map<SaleId, Due> lastDue = new HashMap<>();
    private Map<SaleId, Due> nowDue = new HashMap<>();

    /** Compares a counter with its sale's row, read a little later; why a recount is to be asked for, if it is. */
    Optional<Cause> compare(SaleView sale, Optional<CounterValue> counter) {
        Optional<Cause> cause =
                counter.map(value -> gap(sale, value)).orElseGet(() -> Optional.of(Cause.RECONCILER_MISSING));
        long epoch = counter.map(CounterValue::epoch).orElse(NO_EPOCH);
        Due before = lastDue.get(sale.saleId());
        int times = (before != null && before.epoch() == epoch ? before.times() : 0) + (cause.isPresent() ? 1 : 0);
        if (times > 0) {
            nowDue.put(sale.saleId(), new Due(epoch, times));
        }
        return cause.filter(due -> isTurn(times));
    }

    private Optional<Cause> gap(SaleView sale, CounterValue counter) {
        var gap = new Gap(counter.epoch(), counter.available() - sale.available());
        if (gap.units() == 0) {
            return Optional.empty();
        }
        if (gap.equals(last.get(sale.saleId()))) {
            return Optional.of(Cause.RECONCILER_GAP);
        }
        now.put(sale.saleId(), gap);
        return Optional.empty();
    }

    private static boolean isTurn(int times) {
        return Integer.bitCount(times) == 1 || times % TURNS_BETWEEN_MAX == 0;
    }

    /** Every sale has been compared: what was seen is what the next look goes by, all else is forgotten. */
    void endOfLook() {
        last = now;
        now = new HashMap<>();
        lastDue = nowDue;
        nowDue = new HashMap<>();
    }
}
