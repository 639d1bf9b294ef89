package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleView;

/** A sale has changed; every instance learns it at once instead of at its next reading. */
public record SaleAnnounced(SaleView sale) implements Element {
    public SaleAnnounced {
        Require.present(sale, "sale");
    }
}
