package dev.doorbuster.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    @Test
    void knowsWhatThisProcessUses() {
        // Given
        long pid = ProcessHandle.current().pid();

        // When, Then
        assertThat(ProcessUsage.cpuSeconds(Map.of(pid, "this")).get("this")).isPositive();
        assertThat(ProcessUsage.proportionalMebibytes(Map.of(pid, "this")).get("this"))
                .isPositive();
        assertThat(ProcessUsage.residentMebibytes(pid)).isPresent();
        assertThat(ProcessUsage.machineCpuSeconds())
                .isGreaterThan(ProcessUsage.cpuSeconds(Map.of(pid, "this")).get("this"));
    }

    @Test
    void countsAChildThatEnded() throws Exception {
        // Given
        String burn = "read go; (for ((i = 0; i < 500000; i++)); do :; done); echo done; read end";
        Process shell = new ProcessBuilder("bash", "-c", burn).start();
        var names = Map.of(shell.pid(), "shell");
        try (var commands = shell.outputWriter();
                var answers = shell.inputReader()) {
            double before = ProcessUsage.cpuSeconds(names).get("shell");

            // When
            commands.write("go\n");
            commands.flush();
            assertThat(answers.readLine()).isEqualTo("done");

            // Then
            assertThat(ProcessUsage.cpuSeconds(names).get("shell") - before).isGreaterThan(0.3);
        } finally {
            Process unused = shell.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsNotThereUsesNothing() {
        // When, Then
        assertThat(ProcessUsage.cpuSeconds(Map.of(Long.MAX_VALUE, "none"))).isEmpty();
    }
}
