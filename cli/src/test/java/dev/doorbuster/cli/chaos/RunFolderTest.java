package dev.doorbuster.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path state;

    @Test
    void neverMixesARunWithWhatAnEarlierOneLeft() throws IOException {
        Path wanted = state.resolve("chaos-single-3");
        assertThat(RunFolder.fresh(wanted)).isEqualTo(wanted);

        Files.createDirectories(wanted);
        Files.createDirectories(state.resolve("chaos-single-3-2"));

        assertThat(RunFolder.fresh(wanted)).isEqualTo(state.resolve("chaos-single-3-3"));
    }
}
