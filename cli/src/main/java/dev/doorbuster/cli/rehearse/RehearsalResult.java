package dev.doorbuster.cli.rehearse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Result of a rehearsal.
 *
 * @param opening smoke test and warm-up: their answers must be true, but may be slow
 * @param steps in the order in which they ran
 * @param held highest sustained rate, 0 for none
 * @param rehearsal absent if an earlier step had false answers
 */
public record RehearsalResult(
        RehearsalPlan plan,
        List<RehearsalStep> opening,
        List<RehearsalStep> steps,
        int held,
        Optional<RehearsalStep> rehearsal) {
    public RehearsalResult {
        opening = List.copyOf(opening);
        steps = List.copyOf(steps);
    }

    public List<RehearsalStep> all() {
        return Stream.concat(opening.stream(), judged().stream()).toList();
    }

    /** The steps that count for latency. */
    public List<RehearsalStep> judged() {
        return Stream.concat(steps.stream(), rehearsal.stream()).toList();
    }
}
