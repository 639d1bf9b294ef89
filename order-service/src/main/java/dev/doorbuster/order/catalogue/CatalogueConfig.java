package dev.doorbuster.order.catalogue;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * The catalogue's limits.
 *
 * @param salesMax sales in a list
 * @param ordersMax orders on a buyer's page
 * @param answerMax one transaction
 */
public record CatalogueConfig(int salesMax, int ordersMax, Duration answerMax) {
    public static CatalogueConfig fromEnv(Environment env) {
        return new CatalogueConfig(
                env.integer("DOORBUSTER_CATALOGUE_SALES_MAX", 500, 1, 10_000),
                env.integer("DOORBUSTER_CATALOGUE_ORDERS_MAX", 200, 1, 10_000),
                env.millis("DOORBUSTER_CATALOGUE_TIMEOUT_MS", 10_000, 50, 300_000));
    }
}
