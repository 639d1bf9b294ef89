package dev.doorbuster.crowd.client;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A sale that an operator creates; it opens at once.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param closesAt null where it stays open until it is ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SaleRequest(
        String title,
        long priceCents,
        String currency,
        String counter,
        long stock,
        int perBuyerLimit,
        long holdSeconds,
        String closesAt) {
    private static final long PRICE_CENTS = 1999;

    public static SaleRequest of(String title, String counter, long stock, int perBuyerLimit, long holdSeconds) {
        return new SaleRequest(title, PRICE_CENTS, "EUR", counter, stock, perBuyerLimit, holdSeconds, null);
    }

    /** Creates the sale and returns its id. */
    public String create(ApiClient operator) throws InterruptedException {
        return operator.post("/api/sales", this).get("saleId").asText();
    }
}
