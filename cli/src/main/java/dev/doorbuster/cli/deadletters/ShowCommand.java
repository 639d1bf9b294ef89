package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.Letter;
import dev.doorbuster.deadletters.LetterBox;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dead-letters show}. */
@Command(name = "show", description = "Show a dead letter with its headers and its body.")
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOption broker;

    @ArgGroup(multiplicity = "1")
    private Chosen chosen;

    @Override
    public Integer call() throws IOException {
        try (LetterBox box = broker.open()) {
            LetterBox.Taken taken = box.take();
            box.putBack();
            List<Letter> letters = chosen.of(taken.letters());
            letters.forEach(
                    letter -> LetterPage.print(letter, spec.commandLine().getOut()));
            return 0;
        }
    }
}
