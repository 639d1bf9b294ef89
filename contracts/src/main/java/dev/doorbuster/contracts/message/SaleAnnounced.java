package dev.doorbuster.contracts.message;

/** Something about a sale changed: every instance is told at once instead of at its next reading. */
public record SaleAnnounced(SaleView sale) implements Element {
    public SaleAnnounced {
        Require.present(sale, "sale");
    }
}
