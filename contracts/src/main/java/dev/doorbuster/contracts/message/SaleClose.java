package dev.doorbuster.contracts.message;

import java.time.Instant;

/** The sale's end has come, or an operator ended it. */
public record SaleClose(Instant askedAt) implements Element {
    public SaleClose {
        Require.present(askedAt, "askedAt");
    }
}
