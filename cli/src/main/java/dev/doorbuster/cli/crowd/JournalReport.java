package dev.doorbuster.cli.crowd;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of comparing a journal with the ledger.
 *
 * @param keysReserved keys under which buyers heard RESERVED
 * @param keysRefused keys under which buyers heard nothing but no
 * @param keysUnknown keys of which buyers never got a clear answer; what the ledger holds for them is no lie
 * @param unitsHeld units the ledger holds
 * @param unitsKnown units that buyers know they have
 * @param lies each found lie in words, by kind; none for none
 */
public record JournalReport(
        int entries,
        int keysReserved,
        int keysRefused,
        int keysUnknown,
        int encores,
        long unitsHeld,
        long unitsKnown,
        Map<Lie, List<String>> lies) {
    public JournalReport {
        var copy = new EnumMap<Lie, List<String>>(Lie.class);
        lies.forEach((lie, examples) -> copy.put(lie, List.copyOf(examples)));
        lies = java.util.Collections.unmodifiableMap(copy);
    }

    public boolean isClean() {
        return lies.isEmpty();
    }

    public int count(Lie lie) {
        return lies.getOrDefault(lie, List.of()).size();
    }

    /** A line for each figure and kind of lie, with some examples of it. */
    public String describe(int examplesMax) {
        var text = new StringBuilder("%d answers; under %d keys reserved, %d refused, %d unknown; %d encores\n"
                .formatted(entries, keysReserved, keysRefused, keysUnknown, encores));
        text.append("%d units held, %d known to buyers\n".formatted(unitsHeld, unitsKnown));
        lies.forEach((lie, examples) -> {
            text.append("%s: %d (%s)\n".formatted(lie, examples.size(), lie.meaning()));
            examples.stream()
                    .limit(examplesMax)
                    .forEach(example -> text.append("  ").append(example).append('\n'));
        });
        return text.append(isClean() ? "nobody was told anything untrue\n" : "").toString();
    }
}
