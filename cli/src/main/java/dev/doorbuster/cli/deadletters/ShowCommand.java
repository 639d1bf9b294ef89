package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "show", description = "Show a dead letter with its headers and its body.")
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOption broker;

    @ArgGroup(multiplicity = "1")
    private DeadLetterSelection deadLetterSelection;

    @Override
    public Integer call() throws IOException {
        try (DeadLetterQueues box = broker.open()) {
            DeadLetterQueues.Taken taken = box.take();
            box.putBack();
            List<FetchedDeadLetter> deadLetters = deadLetterSelection.of(taken.deadLetters());
            deadLetters.forEach(fetchedDeadLetter -> DeadLetterDetails.print(
                    fetchedDeadLetter, spec.commandLine().getOut()));
            return 0;
        }
    }
}
