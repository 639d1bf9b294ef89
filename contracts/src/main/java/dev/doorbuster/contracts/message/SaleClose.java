package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;
import java.time.Instant;

/** The sale's end has come; the ledger checks with the database's clock. */
public record SaleClose(Instant askedAt) implements Element {
    public SaleClose {
        Require.present(askedAt, "askedAt");
    }
}
