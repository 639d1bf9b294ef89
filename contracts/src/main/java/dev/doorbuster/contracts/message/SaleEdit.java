package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.Require;
import java.time.Instant;

/**
 * New values of a sale; null leaves a value as it is.
 *
 * @param openEnded whether {@code closesAt} is removed, so that the sale runs until it is ended
 */
public record SaleEdit(
        String title,
        Long priceCents,
        Long stock,
        Integer perBuyerLimit,
        Instant opensAt,
        Instant closesAt,
        boolean openEnded,
        Integer holdSeconds) {
    public SaleEdit {
        Require.optionalText(title, Limits.TITLE_LENGTH_MAX, "title");
        if (stock != null) {
            Require.range(stock, 0, Limits.STOCK_MAX, "stock");
        }
        if (openEnded && closesAt != null) {
            throw new IllegalArgumentException("closesAt must be absent from an edit that removes it");
        }
    }

    /** A new stock, everything else as it is. */
    public static SaleEdit ofStock(long units) {
        return new SaleEdit(null, null, units, null, null, null, false, null);
    }
}
