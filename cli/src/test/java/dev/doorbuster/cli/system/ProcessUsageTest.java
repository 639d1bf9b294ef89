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
    void aProcessThatIsNotThereUsesNothing() {
        // When, Then
        assertThat(ProcessUsage.cpuSeconds(Map.of(Long.MAX_VALUE, "none"))).isEmpty();
    }
}
