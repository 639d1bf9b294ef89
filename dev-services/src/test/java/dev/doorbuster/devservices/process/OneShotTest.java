package dev.doorbuster.devservices.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneShotTest {
    /** More than a pipe holds, so that writing it fails while the command still runs. */
    private static final String INPUT = "y".repeat(1 << 20);

    @TempDir
    Path directory;

    @Test
    void aCommandNeedNotReadItsInput() {
        assertThatCode(() -> OneShot.run(ShellProcess.script(directory, "exec 0<&-; sleep 0.3"), INPUT))
                .doesNotThrowAnyException();
    }

    @Test
    void aCommandThatReadsNothingStillFailsByItsStatus() {
        assertThatThrownBy(() -> OneShot.run(ShellProcess.script(directory, "exec 0<&-; sleep 0.3; exit 3"), INPUT))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("status 3");
    }
}
