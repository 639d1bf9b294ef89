package dev.doorbuster.contracts.value;

import java.time.Instant;
import java.util.UUID;

/**
 * An order as recorded in the ledger.
 *
 * @param reason why it was rejected, else null
 * @param totalCents price times quantity in the currency's minor unit
 * @param holdExpiresAt end of the hold; null if there never was one
 */
public record OrderView(
        UUID id,
        SaleId saleId,
        String buyer,
        int quantity,
        OrderStatus status,
        RefusalReason reason,
        long totalCents,
        Instant placedAt,
        Instant holdExpiresAt) {
    public OrderView {
        Require.present(id, "id");
        Require.present(saleId, "saleId");
        Require.text(buyer, Limits.NAME_LENGTH_MAX, "buyer");
        Require.present(status, "status");
        Require.present(placedAt, "placedAt");
    }
}
