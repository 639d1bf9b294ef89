package dev.doorbuster.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void readsValuesOfProc() {
        // Given
        List<String> lines = List.of("processor\t: 0", "model name\t: A Processor: fast", "model name\t: another");

        // When, Then
        assertThat(Machine.value(lines, "model name")).isEqualTo("A Processor: fast");
        assertThat(Machine.value(lines, "flags")).isEqualTo("unknown");
    }

    @Test
    void memoryIsInGibibytes() {
        // When, Then
        assertThat(Machine.gibibytes("24641536 kB")).isEqualTo("23.5 GiB");
        assertThat(Machine.gibibytes("unknown")).isEqualTo("unknown");
    }
}
