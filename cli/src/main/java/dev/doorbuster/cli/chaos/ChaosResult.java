package dev.doorbuster.cli.chaos;

import dev.doorbuster.cli.chaos.check.Findings;
import dev.doorbuster.cli.chaos.history.History;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to.
 *
 * @param file where the history is
 * @param memory of each service
 */
public record ChaosResult(ChaosPlan plan, History history, Findings findings, List<MemoryTrend> memory, Path file) {
    /** Nothing was found broken, and no service grows. */
    public boolean passed() {
        return findings.isEmpty() && memory.stream().noneMatch(MemoryTrend::grows);
    }
}
