package dev.doorbuster.runtime.stats;

import java.time.Instant;
import java.util.Map;

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
