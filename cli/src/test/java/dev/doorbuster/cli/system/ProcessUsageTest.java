package dev.doorbuster.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
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
        String burn = "read go; (for ((i = 0; i < 500000; i++)); do :; done); times; read end";
        Process shell = new ProcessBuilder("bash", "-c", burn).start();
        var names = Map.of(shell.pid(), "shell");
        try (var commands = shell.outputWriter();
                var answers = shell.inputReader()) {
            double before = ProcessUsage.cpuSeconds(names).get("shell");

            // When
            commands.write("go\n");
            commands.flush();
            String ofShell = answers.readLine();
            double ofChild = Pattern.compile("(\\d+)m([\\d.]+)s")
                    .matcher(answers.readLine())
                    .results()
                    .mapToDouble(time -> 60 * Integer.parseInt(time.group(1)) + Double.parseDouble(time.group(2)))
                    .sum();

            // Then
            assertThat(ofShell).isNotBlank();
            assertThat(ofChild).isPositive();
            assertThat(ProcessUsage.cpuSeconds(names).get("shell") - before).isGreaterThan(ofChild / 2);
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
