package dev.doorbuster.runtime.stats;

import java.util.Map;

/**
 * The stats of one live instance.
 *
 * @param figures by name, see {@link MeterSnapshot}
 */
public record InstanceStats(String instance, String service, Map<String, Double> figures) {
    public InstanceStats {
        figures = Map.copyOf(figures);
    }
}
