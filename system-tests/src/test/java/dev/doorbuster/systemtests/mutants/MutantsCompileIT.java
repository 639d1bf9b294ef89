package dev.doorbuster.systemtests.mutants;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.doorbuster.systemtests.TestSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link MutantsIT} runs on request only; this test notices changed source text earlier. */
class MutantsCompileIT {
    @ParameterizedTest
    @EnumSource(Mutant.class)
    void fitsTheServicesAsTheyAre(Mutant mutant, @TempDir Path folder) {
        var overlay = new Overlay(TestSystem.distribution("mutants").withOverlay(folder));

        assertThatCode(() -> overlay.put(mutant.patches())).doesNotThrowAnyException();
        assertThatCode(() -> overlay.put(mutant.surroundings())).doesNotThrowAnyException();
    }
}
