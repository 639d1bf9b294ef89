package dev.doorbuster.cli.deadletters;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One letter, or all. */
final class Chosen {
    @Parameters(arity = "1", paramLabel = "ID", description = "The letter's id, or its beginning.")
    private String id;

    @Option(names = "--all", required = true, description = "Every letter, up to " + LetterBox.LETTERS_MAX + ".")
    private boolean all;

    List<Letter> of(List<Letter> letters) {
        if (all) {
            return letters;
        }
        List<Letter> meant = Letter.meant(letters, id);
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("there is no dead letter " + id + "; 'list' shows which there are");
        }
        return meant;
    }
}
