package dev.doorbuster.cli.rehearse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The procedure: a tiny sale to see that all works, a warm-up (programs that have just started are still being compiled), steps in
 * search of the highest rate held, and then the sale as it is expected. Ends early where something turns out untrue.
 */
final class Rehearsal {
    private static final Play SMOKE = new Play("smoke", 10, 20, 5);

    private final RehearsalPlan plan;
    private final Stage stage;
    private final Consumer<Step> progress;
    private final List<Step> opening = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    Rehearsal(RehearsalPlan plan, Stage stage, Consumer<Step> progress) {
        this.plan = plan;
        this.stage = stage;
        this.progress = progress;
    }

    Rehearsed run() throws ExecutionException, InterruptedException, TimeoutException {
        boolean honest = open(SMOKE)
                && opening.get(0).played().errors() == 0
                && open(plan.step("warm-up", plan.neededPerSecond()));
        var search = new RateSearch(plan.targetPerSecond(), plan.rateMax(), plan.stepsMax());
        OptionalInt rate = search.next();
        while (honest && rate.isPresent()) {
            Step step = play(plan.step("step " + (steps.size() + 1), rate.getAsInt()), true);
            steps.add(step);
            honest = step.verdict() != StepVerdict.UNTRUE;
            search.record(rate.getAsInt(), step.held());
            rate = search.next();
        }
        Optional<Step> rehearsal = honest ? Optional.of(play(plan.rehearsal(), true)) : Optional.empty();
        return new Rehearsed(plan, opening, steps, search.held(), rehearsal);
    }

    private boolean open(Play play) throws ExecutionException, InterruptedException, TimeoutException {
        Step step = play(play, false);
        opening.add(step);
        return step.verdict() != StepVerdict.UNTRUE;
    }

    private Step play(Play play, boolean judged) throws ExecutionException, InterruptedException, TimeoutException {
        Played played = stage.play(play);
        var step = new Step(played, StepVerdict.of(played, plan.p99Limit()), judged);
        progress.accept(step);
        return step;
    }
}
