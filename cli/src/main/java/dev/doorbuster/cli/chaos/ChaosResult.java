package dev.doorbuster.cli.chaos;

import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.judge.Findings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to.
 *
 * @param file where the history is
 * @param memory of each service
 */
public record ChaosResult(
        ChaosPlan plan, CrowdHistory history, Findings findings, List<MemoryTrend> memory, Path file) {
    /** Nothing was found broken, and no service grows. */
    public boolean passed() {
        return findings.isEmpty() && memory.stream().noneMatch(MemoryTrend::grows);
    }
}
