package dev.doorbuster.runtime.stats;

import java.util.Map;

/**
 * What one living instance shows.
 *
 * @param figures by name, as {@link MeterSnapshot} makes them
 */
public record InstanceStats(String instance, String service, Map<String, Double> figures) {
    public InstanceStats {
        figures = Map.copyOf(figures);
    }
}
