package dev.doorbuster.cli.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTableTest {
    @Test
    void hasATableForEachTopologyAndARowForEachFault() {
        List<String> lines = RecoveryTable.of(List.of(
                new Recovered("single", 1, "kill-redis", "redis", 0.5),
                new Recovered("single", 1, "kill-redis", "memcached", 0.25),
                new Recovered("single", 2, "kill-redis", "redis", 2.0),
                new Recovered("single", 2, "kill-redis", "memcached", null),
                new Recovered("single", 2, "kill-redis", "redis", 1.0),
                new Recovered("single", 2, "kill-redis", "memcached", 0.75),
                new Recovered("ha", 1, "stall-postgres", "redis", null),
                new Recovered("ha", 1, "stall-postgres", "memcached", 13.004)));

        assertThat(lines)
                .map(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "Topology ha, 1 run",
                        "",
                        "| fault | redis | median | max | memcached | median | max |",
                        "|---|--:|--:|--:|--:|--:|--:|",
                        "| stall-postgres | 0 | | | 1 | 13.00 s | 13.00 s |",
                        "",
                        "Topology single, 2 runs",
                        "",
                        "| fault | redis | median | max | memcached | median | max |",
                        "|---|--:|--:|--:|--:|--:|--:|",
                        "| kill-redis | 3 | 1.00 s | 2.00 s | 2 | 0.75 s | 0.75 s |");
    }

    @Test
    void findsInTheFileWhatSeveralRunsHaveWritten(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("times.jsonl");
        var first = new Recovered("single", 1, "kill-redis", "redis", 0.5);
        var second = new Recovered("ha", 2, "kill-redis", "redis", null);

        // When
        Recovered.append(file, List.of(first));
        Recovered.append(file, List.of(second));

        // Then
        assertThat(Recovered.read(file)).containsExactly(first, second);
    }
}
