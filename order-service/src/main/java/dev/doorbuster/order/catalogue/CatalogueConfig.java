package dev.doorbuster.order.catalogue;

import java.time.Duration;

/**
 * Limits of the catalogue.
 *
 * @param salesMax sales on a page of the list
 * @param ordersMax orders on a page of a list
 * @param answerMax time limit of one query or change
 */
public record CatalogueConfig(int salesMax, int ordersMax, Duration answerMax) {
    private static final int SALES_MAX = 500;
    private static final int ORDERS_MAX = 200;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    public static CatalogueConfig defaults() {
        return new CatalogueConfig(SALES_MAX, ORDERS_MAX, ANSWER_TIMEOUT);
    }
}
