package dev.doorbuster.cli.system.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SystemOptionsTest {
    @Command(name = "some")
    private static final class Some {
        @Mixin
        private SystemOptions options = new SystemOptions(2);
    }

    private final Some some = new Some();
    private final CommandLine command = new CommandLine(some).setCaseInsensitiveEnumValuesAllowed(true);

    @Test
    void eachCommandHasADefaultOfItsOwn() {
        // When
        var unused = command.parseArgs();

        // Then
        assertThat(some.options.plan()).isEqualTo(new SystemPlan(2, 2, 1, false));
        assertThat(command.getUsageMessage())
                .containsPattern("--order-instances=<\\w+>\\s+Default: 2\\.")
                .containsPattern("--stock-instances=<\\w+>\\s+Default: 2\\.")
                .containsPattern("that one may die\\.\\s+Default: single\\.");
    }

    @Test
    void takesWhatIsSaid() {
        // When
        var unused = command.parseArgs("--topology", "ha", "--stock-instances", "3", "--order-instances=1");

        // Then
        assertThat(some.options.plan()).isEqualTo(new SystemPlan(3, 1, 1, false, SystemPlan.Topology.HA));
    }
}
