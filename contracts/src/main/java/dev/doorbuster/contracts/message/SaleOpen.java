package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;
import java.time.Instant;

/** The sale's start has come; the ledger checks with the database's clock. */
public record SaleOpen(Instant askedAt) implements Element {
    public SaleOpen {
        Require.present(askedAt, "askedAt");
    }
}
