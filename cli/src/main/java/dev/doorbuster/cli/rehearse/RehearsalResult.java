package dev.doorbuster.cli.rehearse;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rehearsal showed.
 *
 * @param opening smoke and warm-up: they have to be true, and may be slow
 * @param steps in the order in which they ran
 * @param held the highest rate held, 0 for none
 * @param rehearsal absent where something before was not true
 */
record RehearsalResult(
        RehearsalPlan plan,
        List<RehearsalStep> opening,
        List<RehearsalStep> steps,
        int held,
        Optional<RehearsalStep> rehearsal) {
    RehearsalResult {
        opening = List.copyOf(opening);
        steps = List.copyOf(steps);
    }

    List<RehearsalStep> all() {
        return Stream.concat(opening.stream(), judged().stream()).toList();
    }

    /** Those whose figures count. */
    List<RehearsalStep> judged() {
        return Stream.concat(steps.stream(), rehearsal.stream()).toList();
    }
}
