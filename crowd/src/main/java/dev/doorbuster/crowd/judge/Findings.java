package dev.doorbuster.crowd.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Violations with their evidence, and those that a known effect of a fault excuses. */
public final class Findings {
    private final Map<Violation, List<String>> byViolation = new EnumMap<>(Violation.class);
    private final Map<Violation, List<String>> excused = new EnumMap<>(Violation.class);

    public void add(Violation violation, Object evidence) {
        byViolation.computeIfAbsent(violation, first -> new ArrayList<>()).add(evidence.toString());
    }

    /** Known and documented: shown, but no failure. */
    public void excuse(Violation violation, Object evidence) {
        excused.computeIfAbsent(violation, first -> new ArrayList<>()).add(evidence.toString());
    }

    public void addAll(Findings others) {
        others.byViolation.forEach((violation, all) -> all.forEach(evidence -> add(violation, evidence)));
        others.excused.forEach((violation, all) -> all.forEach(evidence -> excuse(violation, evidence)));
    }

    public boolean isEmpty() {
        return byViolation.isEmpty();
    }

    public Map<Violation, List<String>> byViolation() {
        return Collections.unmodifiableMap(byViolation);
    }

    public Map<Violation, List<String>> excused() {
        return Collections.unmodifiableMap(excused);
    }

    /** One paragraph for each kind, with some examples. */
    public String describe(int examplesMax) {
        return describe(byViolation, examplesMax);
    }

    public String describeExcused(int examplesMax) {
        return describe(excused, examplesMax);
    }

    private static String describe(Map<Violation, List<String>> found, int examplesMax) {
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
