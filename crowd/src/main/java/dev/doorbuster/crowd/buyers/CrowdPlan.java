package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.history.SaleRecord;
import java.util.function.IntFunction;

/**
 * A crowd at one sale.
 *
 * @param perSecond arrivals in a second
 * @param scripts of the buyers by their number, from 0
 */
public record CrowdPlan(
        SaleRecord sale, int buyers, int perSecond, IntFunction<BuyerScript> scripts, RetryPolicy retries) {
    private static final long SEED = 4711;

    public CrowdPlan {
        if (buyers < 0 || perSecond < 1) {
            throw new IllegalArgumentException("a crowd needs a number of buyers and a rate");
        }
    }

    /**
     * Buyers with the simplest script: an order of one unit.
     *
     * @param duplicateShare of the buyers send their order twice at once
     * @param keylessShare of the buyers send no Idempotency-Key: they cannot repeat an order whose answer was lost
     */
    public static CrowdPlan simple(
            SaleRecord sale, int buyers, int perSecond, double duplicateShare, double keylessShare) {
        if (duplicateShare < 0 || keylessShare < 0 || duplicateShare + keylessShare > 1) {
            throw new IllegalArgumentException("shares are 0 to 1; an order without a key cannot be sent twice");
        }
        return new CrowdPlan(
                sale,
                buyers,
                perSecond,
                number -> BuyerScript.simple(SEED, number, duplicateShare, keylessShare),
                RetryPolicy.limited());
    }

    public CrowdPlan with(RetryPolicy other) {
        return new CrowdPlan(sale, buyers, perSecond, scripts, other);
    }
}
