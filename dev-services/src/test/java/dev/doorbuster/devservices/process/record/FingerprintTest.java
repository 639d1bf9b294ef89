package dev.doorbuster.devservices.process.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void isStable() {
        long self = ProcessHandle.current().pid();
        String first = Fingerprint.of(self).orElseThrow();
        assertThat(Fingerprint.lives(self, first)).isTrue();
    }

    @Test
    void differsBetweenProcesses() throws IOException {
        Process child = new ProcessBuilder("sleep", "600").start();
        try {
            assertThat(Fingerprint.of(child.pid()))
                    .isPresent()
                    .isNotEqualTo(Fingerprint.of(ProcessHandle.current().pid()));
        } finally {
            child.destroyForcibly();
        }
        await().until(() -> Fingerprint.of(child.pid()).isEmpty());
    }
}
