package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.Letter;
import dev.doorbuster.deadletters.LetterBox;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dead-letters replay}: first the copy is safe, then the letter goes; dying in between leaves both. */
@Command(
        name = "replay",
        description =
                "Send a dead letter, or all of them, back to where it came from. What is handled twice does no harm.")
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOption broker;

    @ArgGroup(multiplicity = "1")
    private Chosen chosen;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int failed = 0;
        try (LetterBox box = broker.open()) {
            LetterBox.Taken taken = box.take();
            for (Letter letter : chosen.of(taken.letters())) {
                try {
                    box.sendBack(letter);
                    out.println(letter.id() + " sent back to "
                            + letter.told().origin().exchange() + ", key "
                            + letter.told().origin().routingKey());
                } catch (IOException e) {
                    failed++;
                    out.println(letter.id() + " stays where it is: " + e.getMessage());
                    if (!box.isOpen()) {
                        return 1;
                    }
                }
            }
            box.putBack();
            if (taken.more() > 0) {
                out.println(taken.more() + " more were not looked at: run it again.");
            }
        }
        return failed == 0 ? 0 : 1;
    }
}
