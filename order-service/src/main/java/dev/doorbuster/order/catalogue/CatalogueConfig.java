package dev.doorbuster.order.catalogue;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * The catalogue's limits.
 *
 * @param salesMax sales on a page of the list
 * @param ordersMax orders on a page of a buyer's list
 * @param answerMax one question or change as a whole
 */
public record CatalogueConfig(int salesMax, int ordersMax, Duration answerMax) {
    public static CatalogueConfig fromEnv(Environment env) {
        return new CatalogueConfig(
                env.integer("DOORBUSTER_CATALOGUE_SALES_MAX", 500, 1, 10_000),
                env.integer("DOORBUSTER_CATALOGUE_ORDERS_MAX", 200, 1, 10_000),
                env.millis("DOORBUSTER_CATALOGUE_TIMEOUT_MS", 10_000, 50, 300_000));
    }
}
