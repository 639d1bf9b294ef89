package dev.doorbuster.cli.rehearse;

/**
 * A crowd and what it showed.
 *
 * @param judged whether it may not be slow either
 */
record RehearsalStep(StepResult result, StepVerdict verdict, boolean judged) {
    /** Whether the verdict says something: who is not judged has to be true and answered, no more. */
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
