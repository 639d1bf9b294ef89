package dev.doorbuster.stock.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.message.SaleId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Counts the stock of sales. Any number of processes may use the same counters at the same time. A failure leaves open
 * whether something was written; the same call again is right in any case.
 */
public interface StockCounter {
    /**
     * Decides about orders of one sale, in sequence. Fails with {@link MissingCounterException} or
     * {@link UnknownSaleException} where there is nothing to decide by, and with
     * {@link dev.doorbuster.runtime.store.StoreUnavailableException}, also when others were faster too many times.
     *
     * @param again the ids of those requests that somebody may have decided before
     */
    Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again);

    /** Decides about orders of which nobody else has had any in hand. */
    default Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders) {
        return decide(sale, orders, Set.of());
    }

    /** Sets the counter to a recount, over a missing or older counter only. Tells whether it was. */
    Future<Boolean> install(SaleId sale, CounterValue recount);

    /** The orders hold nothing any more: their buyers may claim again. Applied once, however often it is asked for. */
    Future<Void> release(SaleId sale, List<ClaimReleased> released);
}
