package dev.doorbuster.cli.deadletters;

import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.deadletters.DeadLetterImpact;
import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dead-letters}: lists, shows, replays and discards dead letters. */
@Command(
        name = "dead-letters",
        description = "List, show, replay or discard messages that could not be handled.",
        subcommands = {
            DeadLettersCommand.ListCommand.class,
            DeadLettersCommand.ShowCommand.class,
            DeadLettersCommand.ReplayCommand.class,
            DeadLettersCommand.DiscardCommand.class
        })
public final class DeadLettersCommand {
    private abstract static class BrokerCommand extends ConsoleCommand {
        @Mixin
        private BrokerOption broker;

        final DeadLetterQueues open() throws IOException {
            return broker.open();
        }

        /** Reads the dead letters, and leaves all of them. */
        final DeadLetterQueues.Taken read() throws IOException {
            try (DeadLetterQueues box = open()) {
                DeadLetterQueues.Taken taken = box.take();
                box.putBack();
                return taken;
            }
        }
    }

    @Command(name = "list", description = "Show the dead letters, one a line, and how many of each cause there are.")
    static final class ListCommand extends BrokerCommand {
        @Option(names = "--limit", defaultValue = "100", description = "Lines at most. Default: ${DEFAULT-VALUE}.")
        private int linesMax;

        @Override
        public Integer call() throws IOException {
            DeadLetterTable.print(read(), linesMax, Instant.now(), out());
            return 0;
        }
    }

    @Command(name = "show", description = "Show a dead letter with its headers and its body.")
    static final class ShowCommand extends BrokerCommand {
        @ArgGroup(multiplicity = "1")
        private DeadLetterSelection selection;

        @Override
        public Integer call() throws IOException {
            selection.of(read().deadLetters()).forEach(each -> DeadLetterDetails.print(each, out()));
            return 0;
        }
    }

    /** {@code dead-letters replay}: publishes a copy, then removes the dead letter; a crash in between leaves both. */
    @Command(
            name = "replay",
            description =
                    "Replay a dead letter, or all of them, to its original queue. Handling a message twice does no harm.")
    static final class ReplayCommand extends BrokerCommand {
        @ArgGroup(multiplicity = "1")
        private DeadLetterSelection selection;

        @Override
        public Integer call() throws IOException {
            int failed = 0;
            try (DeadLetterQueues box = open()) {
                DeadLetterQueues.Taken taken = box.take();
                for (FetchedDeadLetter each : selection.of(taken.deadLetters())) {
                    try {
                        box.sendBack(each);
                        out().println(each.id() + " replayed to "
                                + each.told().origin().exchange() + ", key "
                                + each.told().origin().routingKey());
                    } catch (IOException e) {
                        failed++;
                        out().println(each.id() + " not replayed: " + e.getMessage());
                        if (!box.isOpen()) {
                            return 1;
                        }
                    }
                }
                box.putBack();
                if (taken.more() > 0) {
                    out().println(taken.more() + " more were not read: run it again.");
                }
            }
            return failed == 0 ? 0 : 1;
        }
    }

    /**
     * {@code dead-letters discard}: prints first what will be lost. It holds no message while it waits for confirmation.
     */
    @Command(name = "discard", description = "Discard a dead letter, or all of them, and print the consequences.")
    static final class DiscardCommand extends BrokerCommand {
        private static final int REFUSED = 2;

        @ArgGroup(multiplicity = "1")
        private DeadLetterSelection selection;

        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        @Override
        public Integer call() throws IOException {
            List<FetchedDeadLetter> doomed = selection.of(read().deadLetters());
            if (doomed.isEmpty()) {
                out().println("No dead letters.");
                return 0;
            }
            explain(doomed);
            if (!yes && !agreed()) {
                out().println("Nothing was discarded. Answer yes, or use --yes.");
                return REFUSED;
            }
            discard(doomed);
            return 0;
        }

        private void explain(List<FetchedDeadLetter> doomed) {
            doomed.stream()
                    .collect(Collectors.groupingBy(FetchedDeadLetter::type, Collectors.counting()))
                    .forEach((type, count) -> out().println(count + " " + type + ": "
                            + DeadLetterImpact.of(type).sentence()));
            out().println(
                            "Until they are resolved, the sales they may concern cannot be verified. A discarded request is"
                                    + " abandoned.");
        }

        /** Asks only on a terminal. */
        private boolean agreed() throws IOException {
            if (!Boolean.getBoolean("doorbuster.terminal")) {
                return false;
            }
            out().print("Discard for good? Type yes: ");
            out().flush();
            var answers = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            return "yes".equals(answers.readLine());
        }

        /** Discards only the confirmed dead letters, not later ones. */
        private void discard(List<FetchedDeadLetter> doomed) throws IOException {
            try (DeadLetterQueues box = open()) {
                for (FetchedDeadLetter each : box.take().deadLetters()) {
                    if (doomed.stream().anyMatch(each::isSameAs)) {
                        box.discard(each);
                        out().println(each.id() + " discarded");
                    }
                }
                box.putBack();
            }
        }
    }
}
