package dev.doorbuster.runtime.stats;

import java.util.Map;

/**
 * The stats of one live instance.
 *
 * @param values by name, see {@link MeterSnapshot}
 */
public record InstanceStats(String instance, String service, Map<String, Double> values) {
    public InstanceStats {
        values = Map.copyOf(values);
    }
}
