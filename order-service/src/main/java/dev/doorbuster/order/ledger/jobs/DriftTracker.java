package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleRecount.Cause;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tracks the difference between each counter and the ledger.
 *
 * <p>While granted orders are in flight from the counter to the ledger, the counter is lower; this difference
 * changes from one check to the next. The same difference in two checks under the same epoch is a fault that only a
 * recount repairs. A recount caused by a difference that was in flight after all makes the counter too high by that
 * amount, and the ledger corrects that.
 *
 * <p>If a recount does not arrive, a component is down and further recounts do not help. A recount that stays due is
 * requested at its first, second, fourth time and so on, finally every {@value #TURNS_BETWEEN_MAX} times.
 */
final class DriftTracker {
    private static final int TURNS_BETWEEN_MAX = 32;
    private static final long NO_EPOCH = -1;

    private record Gap(long epoch, long units) {}

    /** How often a recount has been due with the same counter. */
    private record Due(long epoch, int times) {}

    private Map<SaleId, Gap> last = new HashMap<>();
    private Map<SaleId, Gap> now = new HashMap<>();
    private Map<SaleId, Due> lastDue = new HashMap<>();
    private Map<SaleId, Due> nowDue = new HashMap<>();

    /**
     * Compares a counter with its sale's row, which was read a little later; returns the cause of a recount, if one
     * is to be requested.
     */
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

    /** Ends a round over all sales: the next round compares with this one, older observations are discarded. */
    void endOfLook() {
        last = now;
        now = new HashMap<>();
        lastDue = nowDue;
        nowDue = new HashMap<>();
    }
}
