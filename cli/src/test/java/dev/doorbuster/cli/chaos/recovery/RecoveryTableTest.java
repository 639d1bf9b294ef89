package dev.doorbuster.cli.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTableTest {
    @Test
    void hasARowForEachFaultAndAColumnForEachTopology() {
        List<String> lines = RecoveryTable.of(List.of(
                new Recovered("single", 1, "kill-redis", 0.5, 0.25),
                new Recovered("single", 2, "kill-redis", 2.0, null),
                new Recovered("single", 2, "kill-redis", 1.0, 3.0),
                new Recovered("single", 2, "kill-redis", 0.1, 0.75),
                new Recovered("ha", 1, "kill-redis", 0.3, 0.2),
                new Recovered("ha", 1, "stall-postgres", null, 13.0)));

        assertThat(lines)
                .map(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "| fault | ha | single |",
                        "|---|--:|--:|",
                        "| kill-redis | 0.3/0.3 (1) | 0.8/3.0 (3) never 1 |",
                        "| stall-postgres | never 1 | |");
    }

    @Test
    void findsInTheFileWhatSeveralRunsHaveWritten(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("times.jsonl");
        var first = new Recovered("single", 1, "kill-redis", 0.5, 0.25);
        var second = new Recovered("ha", 2, "kill-redis", 0.5, null);

        // When
        Recovered.append(file, List.of(first));
        Recovered.append(file, List.of(second));

        // Then
        assertThat(Recovered.read(file)).containsExactly(first, second);
    }
}
