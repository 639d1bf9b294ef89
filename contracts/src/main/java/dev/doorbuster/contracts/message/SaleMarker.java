package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.util.UUID;

/**
 * Takes the same route as orders, through decider and ledger, back to its edge: everything accepted before it has then been
 * decided.
 */
public record SaleMarker(UUID markerId, String edgeId) implements Element {
    public SaleMarker {
        Require.present(markerId, "markerId");
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
    }
}
