package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dead-letters replay}: publishes a copy, then removes the dead letter; a crash in between leaves both. */
@Command(
        name = "replay",
        description =
                "Replay a dead letter, or all of them, to its original queue. Handling a message twice does no harm.")
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOption broker;

    @ArgGroup(multiplicity = "1")
    private DeadLetterSelection deadLetterSelection;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int failed = 0;
        try (DeadLetterQueues box = broker.open()) {
            DeadLetterQueues.Taken taken = box.take();
            for (FetchedDeadLetter fetchedDeadLetter : deadLetterSelection.of(taken.deadLetters())) {
                try {
                    box.sendBack(fetchedDeadLetter);
                    out.println(fetchedDeadLetter.id() + " replayed to "
                            + fetchedDeadLetter.told().origin().exchange() + ", key "
                            + fetchedDeadLetter.told().origin().routingKey());
                } catch (IOException e) {
                    failed++;
                    out.println(fetchedDeadLetter.id() + " not replayed: " + e.getMessage());
                    if (!box.isOpen()) {
                        return 1;
                    }
                }
            }
            box.putBack();
            if (taken.more() > 0) {
                out.println(taken.more() + " more were not read: run it again.");
            }
        }
        return failed == 0 ? 0 : 1;
    }
}
