package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.LetterBox;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dead-letters list}. */
@Command(name = "list", description = "Show the dead letters, one a line, and how many of each cause there are.")
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOption broker;

    @Option(names = "--limit", defaultValue = "100", description = "Lines at most. Default: ${DEFAULT-VALUE}.")
    private int linesMax;

    @Override
    public Integer call() throws IOException {
        try (LetterBox box = broker.open()) {
            LetterBox.Taken taken = box.take();
            box.putBack();
            LetterTable.print(taken, linesMax, Instant.now(), spec.commandLine().getOut());
            return 0;
        }
    }
}
