package dev.doorbuster.runtime.figures;

import java.util.Map;

/**
 * What one living instance shows.
 *
 * @param figures by name, as {@link Snapshot} makes them
 */
public record InstanceFigures(String instance, String service, Map<String, Double> figures) {
    public InstanceFigures {
        figures = Map.copyOf(figures);
    }
}
