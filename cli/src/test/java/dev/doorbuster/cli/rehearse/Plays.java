package dev.doorbuster.cli.rehearse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.doorbuster.cli.rehearse.metrics.Candidate;
import dev.doorbuster.cli.rehearse.metrics.Observation;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.history.ArrivalPace;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.history.CrowdStats.Latency;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.OrderCounts;
import dev.doorbuster.crowd.judge.SaleReport;
import dev.doorbuster.crowd.judge.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes up what became of a sale. */
final class Plays {
    private RehearsalRun play = new RehearsalRun("step 1", 100, 1_000, 50);
    private Duration p99 = Duration.ofMillis(20);
    private Duration late = Duration.ofMillis(3);
    private Map<String, Integer> outcomes = Map.of("201 RESERVED", 50, "409 sold-out", 950);
    private int unclear;
    private int missedLooks;
    private int requestsOut = 10;
    private String verdict = "PASS";
    private final Findings findings = new Findings();
    private List<Candidate> candidates = List.of();

    static Plays at(int perSecond) {
        var plays = new Plays();
        plays.play = new RehearsalRun("step 1", perSecond, perSecond * 10, 50);
        return plays;
    }

    Plays called(String name) {
        play = new RehearsalRun(name, play.perSecond(), play.buyers(), play.stock());
        return this;
    }

    Plays p99(int millis) {
        p99 = Duration.ofMillis(millis);
        return this;
    }

    Plays late(int millis) {
        late = Duration.ofMillis(millis);
        return this;
    }

    Plays requestsOut(int most) {
        requestsOut = most;
        return this;
    }

    Plays outcomes(Map<String, Integer> all) {
        outcomes = all;
        return this;
    }

    Plays unclear(int buyers) {
        unclear = buyers;
        return this;
    }

    Plays verdict(String word) {
        verdict = word;
        return this;
    }

    Plays violation(Violation violation, String example) {
        findings.add(violation, example);
        return this;
    }

    Plays missedLooks(int number) {
        missedLooks = number;
        return this;
    }

    Plays seen(Candidate... some) {
        candidates = List.of(some);
        return this;
    }

    RehearsalRunResult played() {
        var known = new Latency(1_000, Duration.ofMillis(5), p99, p99);
        var stats = new CrowdStats(1_000, 100, outcomes, known, known, known, known, unclear);
        var verification = new SaleVerification(
                JsonNodeFactory.instance.objectNode().put("verdict", verdict).put("sold", 50));
        return new RehearsalRunResult(
                play,
                "k7wq2mzr5xv3ta6b",
                stats,
                new ArrivalPace(new Latency(1_000, late, late, late), requestsOut, 100),
                verification,
                new SaleReport(new OrderCounts(1_000, 50, 950, 0, 50, 50, 50, 0), findings),
                new Observation(candidates, missedLooks),
                List.of(Duration.ofMillis(10), Duration.ofMillis(30)));
    }

    RehearsalStep judged(int p99LimitMs) {
        return new RehearsalStep(played(), StepVerdict.of(played(), Duration.ofMillis(p99LimitMs)), true);
    }
}
