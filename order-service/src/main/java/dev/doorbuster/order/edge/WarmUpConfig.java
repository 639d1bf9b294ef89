package dev.doorbuster.order.edge;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Extent of the warm-up.
 *
 * @param buyers number of simulated buyers; 0 for no warm-up
 * @param max time limit, after which the service becomes ready anyway
 */
public record WarmUpConfig(int buyers, Duration max) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public static WarmUpConfig fromEnv(Environment env) {
        return new WarmUpConfig(env.integer("DOORBUSTER_WARM_UP_BUYERS", 250, 0, 2000), TIMEOUT);
    }
}
