package dev.doorbuster.cli.deadletters;

import dev.doorbuster.deadletters.FetchedDeadLetter;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Selects one dead letter or all. */
final class DeadLetterSelection {
    private static final int PREFIX_LENGTH_MIN = 4;

    @Parameters(arity = "1", paramLabel = "ID", description = "The dead letter's id, or its beginning.")
    private String id;

    @Option(
            names = "--all",
            required = true,
            description = "Every dead letter, up to " + BrokerOption.DEAD_LETTERS_MAX + ".")
    private boolean all;

    List<FetchedDeadLetter> of(List<FetchedDeadLetter> deadLetters) {
        if (all) {
            return deadLetters;
        }
        List<FetchedDeadLetter> meant = meant(deadLetters);
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("there is no dead letter " + id + "; 'list' shows which there are");
        }
        return meant;
    }

    /** Dead letters whose id begins with the given text: copies of one message, or none. */
    private List<FetchedDeadLetter> meant(List<FetchedDeadLetter> deadLetters) {
        List<FetchedDeadLetter> exact =
                deadLetters.stream().filter(each -> each.id().equals(id)).toList();
        if (!exact.isEmpty() || id.length() < PREFIX_LENGTH_MIN) {
            return exact;
        }
        List<FetchedDeadLetter> begun =
                deadLetters.stream().filter(each -> each.id().startsWith(id)).toList();
        List<String> ids = begun.stream().map(FetchedDeadLetter::id).distinct().toList();
        if (ids.size() > 1) {
            throw new IllegalArgumentException(id + " may be any of " + String.join(", ", ids) + ": type more of it");
        }
        return begun;
    }
}
