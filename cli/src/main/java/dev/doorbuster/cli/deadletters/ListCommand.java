package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.DeadLetterQueues;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
        try (DeadLetterQueues box = broker.open()) {
            DeadLetterQueues.Taken taken = box.take();
            box.putBack();
            DeadLetterTable.print(
                    taken, linesMax, Instant.now(), spec.commandLine().getOut());
            return 0;
        }
    }
}
