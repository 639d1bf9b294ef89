package dev.doorbuster.cli.chaos.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found broken, each with its evidence. */
public final class Findings {
    private final Map<Breach, List<String>> byBreach = new EnumMap<>(Breach.class);

    public void add(Breach breach, Object evidence) {
        byBreach.computeIfAbsent(breach, first -> new ArrayList<>()).add(evidence.toString());
    }

    public void addAll(Findings others) {
        others.byBreach.forEach((breach, all) -> all.forEach(evidence -> add(breach, evidence)));
    }

    public boolean isEmpty() {
        return byBreach.isEmpty();
    }

    public Map<Breach, List<String>> byBreach() {
        return Collections.unmodifiableMap(byBreach);
    }

    /** One paragraph for each kind, with some examples. */
    public String describe(int examplesMax) {
        return byBreach.entrySet().stream()
                .map(found -> "%s: %d time(s): %s%n%s"
                        .formatted(
                                found.getKey(),
                                found.getValue().size(),
                                found.getKey().meaning(),
                                found.getValue().stream()
                                        .limit(examplesMax)
                                        .map(evidence -> "  " + evidence)
                                        .collect(Collectors.joining(System.lineSeparator()))))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
