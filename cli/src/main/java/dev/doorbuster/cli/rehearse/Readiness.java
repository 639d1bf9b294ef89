package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.step.StepResult;
import dev.doorbuster.cli.rehearse.step.StepVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rehearsal's conclusion.
 *
 * @param reasons why the deployment is not ready; empty if it is
 * @param held highest sustained rate, 0 for none
 * @param first what saturated first, if anything did
 * @param nearest otherwise what came nearest to its limit, if metrics could be read
 * @param missed failed reads of the metrics
 */
public record Readiness(
        List<String> reasons, int held, Optional<Bottleneck> first, Optional<Bottleneck> nearest, int missed) {
    /** A resource at or near its limit, and the step it was observed in. */
    public record Bottleneck(Candidate candidate, RehearsalStep step) {
        int perSecond() {
            return step.perSecond();
        }
    }

    public Readiness {
        reasons = List.copyOf(reasons);
    }

    public boolean ready() {
        return reasons.isEmpty();
    }

    /** What saturates first, and the advice for it. */
    public List<String> words() {
        var words = new ArrayList<>(ofBottleneck());
        if (missed > 0) {
            words.add("%,d looks at the metrics got no answer; what was at its limit then is not known."
                    .formatted(missed));
        }
        return words;
    }

    private List<String> ofBottleneck() {
        return first.map(bottleneck -> List.of(
                        "%s, at %,d/s: %s"
                                .formatted(
                                        bottleneck.step().held() ? "Held, but at its limit" : "Saturates first",
                                        bottleneck.perSecond(),
                                        bottleneck.candidate().measurement()),
                        bottleneck.candidate().rule().advice() + " See "
                                + bottleneck.candidate().rule().page()))
                .or(() -> nearest.map(bottleneck -> List.of("Nothing was seen at its limit; nearest came, at %,d/s: %s"
                        .formatted(
                                bottleneck.perSecond(), bottleneck.candidate().measurement()))))
                .orElse(List.of("What saturates first is not known: nothing could be measured."));
    }

    public static Readiness of(RehearsalResult rehearsed) {
        List<RehearsalStep> byRate = rehearsed.judged().stream()
                .sorted(Comparator.comparingInt(RehearsalStep::perSecond))
                .toList();
        Optional<Bottleneck> nearest = byRate.stream()
                .flatMap(step -> step.result().observation().candidates().stream()
                        .map(candidate -> new Bottleneck(candidate, step)))
                .max(Comparator.comparingDouble(
                        bottleneck -> bottleneck.candidate().load()));
        int missed = byRate.stream()
                .mapToInt(step -> step.result().observation().missed())
                .sum();
        return new Readiness(reasons(rehearsed), rehearsed.held(), first(byRate), nearest, missed);
    }

    /** The saturation in the slowest failed step; in a passed step it may be a short peak. */
    private static Optional<Bottleneck> first(List<RehearsalStep> byRate) {
        return saturated(byRate.stream().filter(step -> !step.held()))
                .findFirst()
                .or(() -> saturated(byRate.stream().filter(RehearsalStep::held)).reduce((slower, faster) -> faster));
    }

    private static Stream<Bottleneck> saturated(Stream<RehearsalStep> steps) {
        return steps.flatMap(step ->
                step.result().observation().saturated().stream().map(candidate -> new Bottleneck(candidate, step)));
    }

    private static List<String> reasons(RehearsalResult rehearsed) {
        var reasons = new ArrayList<String>();
        untrue(rehearsed).ifPresent(reasons::add);
        silent(rehearsed).ifPresent(reasons::add);
        rehearsed
                .rehearsal()
                .flatMap(step -> ofRehearsal(step, rehearsed.plan()))
                .ifPresent(reasons::add);
        if (rehearsed.rehearsal().isPresent()
                && rehearsed.held() < rehearsed.plan().targetPerSecond()) {
            reasons.add(tooLittle(rehearsed));
        }
        if (rehearsed.rehearsal().isEmpty() && reasons.isEmpty()) {
            reasons.add("nothing was rehearsed");
        }
        return reasons;
    }

    private static Optional<String> silent(RehearsalResult rehearsed) {
        return rehearsed.rehearsal().isPresent()
                ? Optional.empty()
                : rehearsed.opening().stream()
                        .filter(step -> step.result().errors() > 0)
                        .findFirst()
                        .map(step -> "%s: %,d requests or buyers got no answer"
                                .formatted(
                                        step.result().plan().name(),
                                        step.result().errors()));
    }

    private static Optional<String> untrue(RehearsalResult rehearsed) {
        return rehearsed.all().stream()
                .filter(step -> step.verdict() == StepVerdict.UNTRUE)
                .findFirst()
                .map(step -> "%s: verification says %s, and %s (sale %s)"
                        .formatted(
                                step.result().plan().name(),
                                step.result().verification().verdict(),
                                step.result().report().isClean()
                                        ? "every answer was true"
                                        : "buyers got false answers: "
                                                + step.result()
                                                        .report()
                                                        .findings()
                                                        .byViolation()
                                                        .keySet(),
                                step.result().saleId()));
    }

    private static Optional<String> ofRehearsal(RehearsalStep step, RehearsalPlan plan) {
        StepResult result = step.result();
        return switch (step.verdict()) {
            case HELD, UNTRUE -> Optional.empty();
            case TOO_SLOW ->
                Optional.of("in the rehearsal p99 was %,d ms, over the limit of %,d ms"
                        .formatted(result.p99().toMillis(), plan.p99LimitMs()));
            case ERRORS ->
                Optional.of("in the rehearsal %,d requests or buyers got no answer".formatted(result.errors()));
            case CLIENT_BOUND ->
                Optional.of("the rehearsal is not shown: this client did not keep its own schedule; run it"
                        + " on a faster or quieter machine, away from the services");
        };
    }

    private static String tooLittle(RehearsalResult rehearsed) {
        RehearsalPlan plan = rehearsed.plan();
        boolean clientBound = rehearsed.steps().stream()
                .filter(step -> step.perSecond() <= plan.targetPerSecond() && !step.held())
                .anyMatch(step -> step.verdict() == StepVerdict.CLIENT_BOUND);
        String wanted = "needed are %,d/s with %d %% headroom, held were %,d/s"
                .formatted(plan.targetPerSecond(), plan.headroomPercent(), rehearsed.held());
        return clientBound ? wanted + "; it was this client that could not send more" : wanted;
    }
}
