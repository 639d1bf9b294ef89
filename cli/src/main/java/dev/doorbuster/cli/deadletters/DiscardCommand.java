package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.DeadLetterImpact;
import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code dead-letters discard}: prints first what will be lost. It holds no message while it waits for confirmation.
 */
@Command(name = "discard", description = "Discard a dead letter, or all of them, and print the consequences.")
final class DiscardCommand implements Callable<Integer> {
    private static final int REFUSED = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOption broker;

    @ArgGroup(multiplicity = "1")
    private DeadLetterSelection deadLetterSelection;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<FetchedDeadLetter> doomed;
        try (DeadLetterQueues box = broker.open()) {
            DeadLetterQueues.Taken taken = box.take();
            box.putBack();
            doomed = deadLetterSelection.of(taken.deadLetters());
        }
        if (doomed.isEmpty()) {
            out.println("No dead letters.");
            return 0;
        }
        explain(doomed, out);
        if (!yes && !agreed(out)) {
            out.println("Nothing was discarded. Answer yes, or use --yes.");
            return REFUSED;
        }
        discard(doomed, out);
        return 0;
    }

    private static void explain(List<FetchedDeadLetter> doomed, PrintWriter out) {
        doomed.stream()
                .collect(Collectors.groupingBy(FetchedDeadLetter::type, Collectors.counting()))
                .forEach((type, count) -> out.println(
                        count + " " + type + ": " + DeadLetterImpact.of(type).sentence()));
        out.println(
                "Until they are resolved, the sales they may concern cannot be verified. A discarded request is abandoned.");
    }

    /** Asks only on a terminal. */
    private static boolean agreed(PrintWriter out) throws IOException {
        if (!Boolean.getBoolean("doorbuster.terminal")) {
            return false;
        }
        out.print("Discard for good? Type yes: ");
        out.flush();
        var answers = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        return "yes".equals(answers.readLine());
    }

    /** Discards only the confirmed dead letters, not later ones. */
    private void discard(List<FetchedDeadLetter> doomed, PrintWriter out) throws IOException {
        try (DeadLetterQueues box = broker.open()) {
            for (FetchedDeadLetter fetchedDeadLetter : box.take().deadLetters()) {
                if (doomed.stream().anyMatch(fetchedDeadLetter::isSameAs)) {
                    box.discard(fetchedDeadLetter);
                    out.println(fetchedDeadLetter.id() + " discarded");
                }
            }
            box.putBack();
        }
    }
}
