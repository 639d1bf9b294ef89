package dev.doorbuster.cli.rehearse.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.doorbuster.cli.rehearse.RehearsalStep;
import dev.doorbuster.cli.rehearse.metrics.Observation;
import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.step.StepRunner.StepPlan;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.history.ArrivalPace;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.CrowdStats.Latency;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.OrderCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Builds results of a sale. */
public final class StepResults {
    private StepPlan stepPlan = new StepPlan("step 1", 100, 1_000, 50);
    private Duration p99 = Duration.ofMillis(20);
    private Duration late = Duration.ofMillis(3);
    private Map<String, Integer> outcomes = Map.of("201 RESERVED", 50, "409 sold-out", 950);
    private int unclear;
    private int missedLooks;
    private int requestsOut = 10;
    private String verdict = "PASS";
    private final Findings findings = new Findings();
    private List<Candidate> candidates = List.of();

    public static StepResults at(int perSecond) {
        var results = new StepResults();
        results.stepPlan = new StepPlan("step 1", perSecond, perSecond * 10, 50);
        return results;
    }

    public StepResults called(String name) {
        stepPlan = new StepPlan(name, stepPlan.perSecond(), stepPlan.buyers(), stepPlan.stock());
        return this;
    }

    public StepResults p99(int millis) {
        p99 = Duration.ofMillis(millis);
        return this;
    }

    public StepResults late(int millis) {
        late = Duration.ofMillis(millis);
        return this;
    }

    StepResults requestsOut(int most) {
        requestsOut = most;
        return this;
    }

    StepResults outcomes(Map<String, Integer> all) {
        outcomes = all;
        return this;
    }

    public StepResults unclear(int buyers) {
        unclear = buyers;
        return this;
    }

    StepResults verdict(String word) {
        verdict = word;
        return this;
    }

    public StepResults violation(Violation violation, String example) {
        findings.add(violation, example);
        return this;
    }

    public StepResults missedLooks(int number) {
        missedLooks = number;
        return this;
    }

    public StepResults seen(Candidate... some) {
        candidates = List.of(some);
        return this;
    }

    StepResult result() {
        var known = new Latency(1_000, Duration.ofMillis(5), p99, p99);
        var stats = new CrowdStats(1_000, 100, outcomes, known, known, known, known, unclear);
        var verification = new SaleVerification(
                JsonNodeFactory.instance.objectNode().put("verdict", verdict).put("sold", 50));
        return new StepResult(
                stepPlan,
                "k7wq2mzr5xv3ta6b",
                stats,
                new ArrivalPace(new Latency(1_000, late, late, late), requestsOut, 100),
                verification,
                new SaleReport(new OrderCounts(1_000, 50, 950, 0, 50, 50, 50, 0), findings),
                new Observation(candidates, missedLooks),
                List.of(Duration.ofMillis(10), Duration.ofMillis(30)));
    }

    public RehearsalStep judged(int p99LimitMs) {
        return new RehearsalStep(result(), StepVerdict.of(result(), Duration.ofMillis(p99LimitMs)), true);
    }
}
