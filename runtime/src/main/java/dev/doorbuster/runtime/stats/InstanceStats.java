package dev.doorbuster.runtime.stats;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The stats of one live instance.
 *
 * @param values by name, see {@link MeterSnapshot}
 * @param state empty if it has just expired, or is not written by the instance's version
 */
public record InstanceStats(
        String instance, String service, Map<String, Double> values, Optional<InstanceState> state) {
    public InstanceStats {
        values = Map.copyOf(values);
    }

    /**
     * How an instance is, besides its stats.
     *
     * @param version of the release; empty if it was not started from one
     * @param problems by part; empty if the instance is ready
     */
    public record InstanceState(String version, Instant startedAt, Map<String, String> problems) {
        public InstanceState {
            problems = Map.copyOf(problems);
        }
    }
}
