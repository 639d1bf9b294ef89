package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.value.SaleView;
import java.util.Optional;

/** The product's reconciler decision for the model: one sale, so every check of it is a round. */
public final class ModelDriftTracker {
    private final DriftTracker driftTracker = new DriftTracker();

    public Optional<SaleRecount.Cause> look(SaleView sale, Optional<CounterValue> counter) {
        Optional<SaleRecount.Cause> cause = driftTracker.compare(sale, counter);
        driftTracker.endOfLook();
        return cause;
    }
}
