package dev.doorbuster.counter;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Counts the stock of sales. Several processes may use the same counters concurrently. After a failure it is unknown whether
 * something was written; repeating the call is always correct.
 */
public interface StockCounter {
    /**
     * Decides orders of one sale, in order. Fails with {@link MissingCounterException} or {@link UnknownSaleException} if there
     * is no counter to decide on, and with {@link dev.doorbuster.runtime.store.StoreUnavailableException}, also after too many
     * conflicts with other writers.
     *
     * @param again ids of requests that may have been decided before
     */
    Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders, Set<UUID> again);

    /** Decides orders that were not delivered before. */
    default Future<CounterDecisions> decide(SaleId sale, List<OrderPlaced> orders) {
        return decide(sale, orders, Set.of());
    }

    /** Sets the counter to a recount if the counter is missing or older. Returns whether it was set. */
    Future<Boolean> install(SaleId sale, CounterValue recount);

    /** Releases the claims of orders that no longer hold units. Idempotent. */
    Future<Void> release(SaleId sale, List<ClaimReleased> released);

    /** The sale's counter key is missing or cannot be parsed. The stock is unknown until a recount. */
    final class MissingCounterException extends RuntimeException {
        public MissingCounterException(SaleId sale) {
            super("sale " + sale + " has no counter", null, false, false);
        }
    }
}
