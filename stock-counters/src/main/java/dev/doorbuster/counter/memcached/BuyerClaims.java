package dev.doorbuster.counter.memcached;

import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.counter.Claims;
import java.util.HashMap;
import java.util.Map;

/** The claims of a sale in Memcached: the id of the one counted order by buyer. */
final class BuyerClaims implements Claims {
    private final Map<String, String> claims;

    BuyerClaims(Map<String, String> claims) {
        this.claims = new HashMap<>(claims);
    }

    @Override
    public boolean knows(OrderPlaced placed) {
        return placed.orderId().toString().equals(claims.get(placed.buyer()));
    }

    /** Further orders of a buyer are decided by the ledger. */
    @Override
    public boolean limitReached(OrderPlaced placed) {
        return claims.containsKey(placed.buyer());
    }

    @Override
    public void take(OrderPlaced placed) {
        claims.put(placed.buyer(), placed.orderId().toString());
    }
}
