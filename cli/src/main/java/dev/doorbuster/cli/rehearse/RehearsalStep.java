package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.step.StepResult;
import dev.doorbuster.cli.rehearse.step.StepVerdict;

/**
 * A step and its result.
 *
 * @param judged whether its latency counts
 */
public record RehearsalStep(StepResult result, StepVerdict verdict, boolean judged) {
    /** Whether the step passed: one that is not judged only needs true and complete answers. */
    public boolean counts() {
        return judged || verdict == StepVerdict.UNTRUE || verdict == StepVerdict.ERRORS;
    }

    /** The result in a word or two. */
    public String words() {
        return counts() ? verdict.words() : "true";
    }

    public int perSecond() {
        return result.plan().perSecond();
    }

    boolean held() {
        return verdict == StepVerdict.HELD;
    }
}
