package dev.doorbuster.cli.chaos.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found broken, each with its evidence; and what would be, had not a fault that is known to do it been there. */
public final class Findings {
    private final Map<Breach, List<String>> byBreach = new EnumMap<>(Breach.class);
    private final Map<Breach, List<String>> excused = new EnumMap<>(Breach.class);

    public void add(Breach breach, Object evidence) {
        byBreach.computeIfAbsent(breach, first -> new ArrayList<>()).add(evidence.toString());
    }

    /** Known and documented: counted and shown, and no reason to fail. */
    void excuse(Breach breach, Object evidence) {
        excused.computeIfAbsent(breach, first -> new ArrayList<>()).add(evidence.toString());
    }

    public void addAll(Findings others) {
        others.byBreach.forEach((breach, all) -> all.forEach(evidence -> add(breach, evidence)));
        others.excused.forEach((breach, all) -> all.forEach(evidence -> excuse(breach, evidence)));
    }

    public boolean isEmpty() {
        return byBreach.isEmpty();
    }

    public Map<Breach, List<String>> byBreach() {
        return Collections.unmodifiableMap(byBreach);
    }

    public Map<Breach, List<String>> excused() {
        return Collections.unmodifiableMap(excused);
    }

    /** One paragraph for each kind, with some examples. */
    public String describe(int examplesMax) {
        return describe(byBreach, examplesMax);
    }

    public String describeExcused(int examplesMax) {
        return describe(excused, examplesMax);
    }

    private static String describe(Map<Breach, List<String>> found, int examplesMax) {
        return found.entrySet().stream()
                .map(each -> "%s: %d time(s): %s%n%s"
                        .formatted(
                                each.getKey(),
                                each.getValue().size(),
                                each.getKey().meaning(),
                                each.getValue().stream()
                                        .limit(examplesMax)
                                        .map(evidence -> "  " + evidence)
                                        .collect(Collectors.joining(System.lineSeparator()))))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
