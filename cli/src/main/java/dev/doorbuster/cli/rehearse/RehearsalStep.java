package dev.doorbuster.cli.rehearse;

/**
 * A step and its result.
 *
 * @param judged whether its latency counts
 */
record RehearsalStep(StepResult result, StepVerdict verdict, boolean judged) {
    /** Whether the step passed: one that is not judged only needs true and complete answers. */
    boolean counts() {
        return judged || verdict == StepVerdict.UNTRUE || verdict == StepVerdict.ERRORS;
    }

    /** The result in a word or two. */
    String words() {
        return counts() ? verdict.words() : "true";
    }

    int perSecond() {
        return result.plan().perSecond();
    }

    boolean held() {
        return verdict == StepVerdict.HELD;
    }
}
