package dev.doorbuster.crowd.buyers;

import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.SaleRecord;
import java.net.URI;
import java.util.List;

/**
 * A crowd of buyers at one sale, each with the simplest script: an order of one unit.
 *
 * @param jwtSecret signs the buyers' tokens
 * @param perSecond arrivals in a second
 * @param duplicateShare of the buyers send their request twice at once
 * @param keylessShare of the buyers send no Idempotency-Key: they cannot repeat a request whose answer was lost
 */
public record CrowdPlan(
        ShopClient.Settings shop,
        String jwtSecret,
        SaleRecord sale,
        int buyers,
        int perSecond,
        double duplicateShare,
        double keylessShare,
        RetryPolicy retries) {
    private static final double KEYLESS_SHARE = 0.2;
    private static final long SEED = 4711;

    public CrowdPlan {
        if (buyers < 1 || perSecond < 1) {
            throw new IllegalArgumentException("a crowd needs buyers and a rate");
        }
        if (duplicateShare < 0 || keylessShare < 0 || duplicateShare + keylessShare > 1) {
            throw new IllegalArgumentException("shares are 0 to 1; a request without a key cannot be sent twice");
        }
    }

    public static CrowdPlan of(List<URI> apis, SaleRecord sale, String jwtSecret, int buyers, int perSecond) {
        return new CrowdPlan(
                ShopClient.Settings.of(apis),
                jwtSecret,
                sale,
                buyers,
                perSecond,
                0,
                KEYLESS_SHARE,
                RetryPolicy.limited());
    }

    public CrowdPlan withShares(double duplicates, double keyless) {
        return new CrowdPlan(shop, jwtSecret, sale, buyers, perSecond, duplicates, keyless, retries);
    }

    public CrowdPlan with(RetryPolicy other) {
        return new CrowdPlan(shop, jwtSecret, sale, buyers, perSecond, duplicateShare, keylessShare, other);
    }

    public CrowdPlan with(ShopClient.Settings other) {
        return new CrowdPlan(other, jwtSecret, sale, buyers, perSecond, duplicateShare, keylessShare, retries);
    }

    Crowd.Plan buyersOfSale() {
        return new Crowd.Plan(
                sale,
                buyers,
                perSecond,
                number -> BuyerScript.simple(SEED, number, duplicateShare, keylessShare),
                retries);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return buyers + " buyers, " + perSecond + "/s, " + sale + " at " + shop.instances();
    }
}
