package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.memory.MemoryTrend;
import dev.doorbuster.cli.chaos.recovery.Recovered;
import dev.doorbuster.cli.chaos.resources.ResourceSample;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.judge.Findings;
import java.nio.file.Path;
import java.util.List;

/**
 * Result of a run.
 *
 * @param file the history's file
 * @param recovered times to recover, one for each fault
 * @param memory memory trend of each service
 * @param samples what was used until all buyers were done
 */
public record ChaosResult(
        ChaosPlan plan,
        CrowdHistory history,
        List<Recovered> recovered,
        Findings findings,
        List<MemoryTrend> memory,
        List<ResourceSample> samples,
        Path file) {
    /** Whether there are no violations and no service's memory grows. */
    public boolean passed() {
        return findings.isEmpty() && memory.stream().noneMatch(MemoryTrend::grows);
    }
}
