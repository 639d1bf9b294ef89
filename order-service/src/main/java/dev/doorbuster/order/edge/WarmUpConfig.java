package dev.doorbuster.order.edge;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * What is done to be warm before the first buyer comes.
 *
 * @param buyers that are played; none where it is 0
 * @param max for all of them; after that the service is ready as it is
 */
public record WarmUpConfig(int buyers, Duration max) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    public static WarmUpConfig fromEnv(Environment env) {
        return new WarmUpConfig(env.integer("DOORBUSTER_WARM_UP_BUYERS", 250, 0, 2000), TIMEOUT);
    }
}
