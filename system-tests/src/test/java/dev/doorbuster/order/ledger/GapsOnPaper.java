package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.message.SaleView;
import java.util.Optional;

/** The reconciler's judgement, which is the product's, for the model: each look at the one sale is a look at all of them. */
public final class GapsOnPaper {
    private final DriftTracker driftTracker = new DriftTracker();

    public Optional<SaleRecount.Cause> look(SaleView sale, Optional<CounterValue> counter) {
        Optional<SaleRecount.Cause> cause = driftTracker.compare(sale, counter);
        driftTracker.endOfLook();
        return cause;
    }
}
