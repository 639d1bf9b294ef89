package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.step.StepResult;
import dev.doorbuster.cli.rehearse.step.StepRunner;
import dev.doorbuster.cli.rehearse.step.StepRunner.StepPlan;
import dev.doorbuster.cli.rehearse.step.StepVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs the rehearsal: a tiny sale as smoke test, a warm-up (JIT compilation), steps that search for the highest
 * sustained rate, and the sale as expected. Ends early on a false answer.
 */
final class Rehearsal {
    private static final StepPlan SMOKE = new StepPlan("smoke", 10, 20, 5);

    private final RehearsalPlan plan;
    private final StepRunner runner;
    private final Consumer<RehearsalStep> progress;
    private final List<RehearsalStep> opening = new ArrayList<>();
    private final List<RehearsalStep> steps = new ArrayList<>();

    Rehearsal(RehearsalPlan plan, StepRunner runner, Consumer<RehearsalStep> progress) {
        this.plan = plan;
        this.runner = runner;
        this.progress = progress;
    }

    RehearsalResult run() throws ExecutionException, InterruptedException, TimeoutException {
        boolean honest = open(SMOKE)
                && opening.get(0).result().errors() == 0
                && open(plan.step("warm-up", plan.neededPerSecond()));
        var search = new RateSearch(plan.targetPerSecond(), plan.rateMax(), plan.stepsMax());
        OptionalInt rate = search.next();
        while (honest && rate.isPresent()) {
            RehearsalStep step = run(plan.step("step " + (steps.size() + 1), rate.getAsInt()), true);
            steps.add(step);
            honest = step.verdict() != StepVerdict.UNTRUE;
            search.record(rate.getAsInt(), step.held());
            rate = search.next();
        }
        Optional<RehearsalStep> rehearsal = honest ? Optional.of(run(plan.rehearsal(), true)) : Optional.empty();
        return new RehearsalResult(plan, opening, steps, search.held(), rehearsal);
    }

    private boolean open(StepPlan next) throws ExecutionException, InterruptedException, TimeoutException {
        RehearsalStep step = run(next, false);
        opening.add(step);
        return step.verdict() != StepVerdict.UNTRUE;
    }

    private RehearsalStep run(StepPlan next, boolean judged)
            throws ExecutionException, InterruptedException, TimeoutException {
        StepResult result = runner.run(next);
        var step = new RehearsalStep(result, StepVerdict.of(result, plan.p99Limit()), judged);
        progress.accept(step);
        return step;
    }
}
