package dev.doorbuster.systemtests.model;

import java.util.List;
import java.util.function.Supplier;

/** An atomic step of a process. Crashes happen between steps. */
interface Step {
    /** Executes; returns the next step, or null at the end. */
    Step take();

    /** Executes all in sequence, one step each, including the steps that follow from them. */
    static Step each(List<Runnable> acts, Supplier<Step> then) {
        return acts.isEmpty() ? then.get() : each(acts, 0, then);
    }

    private static Step each(List<Runnable> acts, int index, Supplier<Step> then) {
        return () -> {
            acts.get(index).run();
            return index + 1 < acts.size() ? each(acts, index + 1, then) : then.get();
        };
    }

    /** Does nothing for a number of steps. */
    static Step idle(int steps, Supplier<Step> then) {
        return () -> steps > 1 ? idle(steps - 1, then) : then.get();
    }
}
