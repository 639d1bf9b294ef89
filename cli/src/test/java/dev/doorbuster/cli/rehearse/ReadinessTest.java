package dev.doorbuster.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.metrics.SaturationRule;
import dev.doorbuster.cli.rehearse.step.StepResults;
import dev.doorbuster.crowd.judge.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 1,000 buyers within 10 s, so 100/s and with headroom 120/s; p99 at most 1,000 ms. */
class ReadinessTest {
    private static final int LIMIT_MS = 1_000;
    private static final RehearsalPlan PLAN = new RehearsalPlan(50, 1_000, 10, LIMIT_MS, "redis", 10, 12, 20);

    @Test
    void isReadyWhereTheRehearsalAndTheHeadroomAreHeld() {
        Readiness readiness = Readiness.of(rehearsed(120, StepResults.at(100), StepResults.at(120)));

        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.reasons()).isEmpty();
    }

    @Test
    void isNotReadyWithoutHeadroom() {
        Readiness readiness = Readiness.of(
                rehearsed(119, StepResults.at(100), StepResults.at(120).p99(2_000)));

        assertThat(readiness.reasons()).singleElement().asString().contains("120/s", "held were 119/s");
    }

    @Test
    void isNotReadyWhereTheRehearsalIsSlow() {
        Readiness readiness = Readiness.of(rehearsed(120, StepResults.at(100).p99(1_500), StepResults.at(120)));

        assertThat(readiness.reasons()).singleElement().asString().contains("1,500 ms", "limit of 1,000 ms");
    }

    @Test
    void isNotReadyWhereBuyersOfTheRehearsalGotNoAnswer() {
        Readiness readiness = Readiness.of(rehearsed(120, StepResults.at(100).unclear(2), StepResults.at(120)));

        assertThat(readiness.reasons()).singleElement().asString().contains("2 requests or buyers got no answer");
    }

    @Test
    void saysThatItWasTheClientWhereItWas() {
        Readiness readiness = Readiness.of(
                rehearsed(60, StepResults.at(100).late(500), StepResults.at(120).late(500)));

        assertThat(readiness.reasons()).hasSize(2);
        assertThat(readiness.reasons().get(0)).contains("this client did not keep its own schedule");
        assertThat(readiness.reasons().get(1)).contains("it was this client that could not send more");
    }

    @Test
    void isNotReadyWhereAnythingWasUntrue() {
        RehearsalStep untrue = StepResults.at(10)
                .called("smoke")
                .violation(Violation.OVERSOLD, "51 held of 50")
                .judged(LIMIT_MS);

        Readiness readiness = Readiness.of(new RehearsalResult(PLAN, List.of(untrue), List.of(), 0, Optional.empty()));

        assertThat(readiness.reasons()).singleElement().asString().contains("smoke", "OVERSOLD", "k7wq2mzr5xv3ta6b");
    }

    @Test
    void isNotReadyWhereTheSmokeTestGotNoAnswer() {
        RehearsalStep silent = StepResults.at(10).called("smoke").unclear(20).judged(LIMIT_MS);

        Readiness readiness = Readiness.of(new RehearsalResult(PLAN, List.of(silent), List.of(), 0, Optional.empty()));

        assertThat(readiness.reasons()).singleElement().asString().contains("smoke", "20 requests or buyers");
    }

    /** The verdict of a late client hides the errors. */
    @Test
    void isNotReadyWhereTheSmokeTestOfALateClientGotNoAnswer() {
        RehearsalStep silent =
                StepResults.at(10).called("smoke").unclear(20).late(500).judged(LIMIT_MS);

        Readiness readiness = Readiness.of(new RehearsalResult(PLAN, List.of(silent), List.of(), 0, Optional.empty()));

        assertThat(readiness.reasons()).singleElement().asString().contains("smoke", "20 requests or buyers");
    }

    @Test
    void isNotReadyWhereNothingWasRehearsed() {
        Readiness readiness = Readiness.of(new RehearsalResult(
                PLAN, List.of(StepResults.at(10).called("smoke").judged(LIMIT_MS)), List.of(), 0, Optional.empty()));

        assertThat(readiness.reasons()).singleElement().asString().contains("nothing was rehearsed");
    }

    @Test
    void namesWhatWasAtItsLimitInTheSlowestCrowdThatWasNotHeld() {
        // Given: a blip in a crowd that was held, then what the deployment really gives out at
        StepResults blip = StepResults.at(60).seen(new Candidate(SaturationRule.GARBAGE, "notifier-0", 0.12));
        StepResults slow =
                StepResults.at(240).p99(2_000).seen(new Candidate(SaturationRule.LEDGER, "order-service-0", 0.9));
        StepResults slower =
                StepResults.at(480).p99(3_000).seen(new Candidate(SaturationRule.MACHINE, "order-service-0", 0.99));

        // When
        Readiness readiness =
                Readiness.of(rehearsed(120, StepResults.at(100), blip, StepResults.at(120), slower, slow));

        // Then
        assertThat(readiness.words().get(0)).contains("Saturates first, at 240/s", "90.0 %", "order-service-0");
        assertThat(readiness.words().get(1)).contains("docs/handbook.md#");
    }

    @Test
    void namesWhatWasAtItsLimitInTheFastestCrowdWhereAllWereHeld() {
        // Given
        StepResults blip = StepResults.at(60).seen(new Candidate(SaturationRule.GARBAGE, "notifier-0", 0.12));
        StepResults fast = StepResults.at(120).seen(new Candidate(SaturationRule.LEDGER, "order-service-0", 0.9));

        // When
        Readiness readiness = Readiness.of(rehearsed(120, StepResults.at(100), blip, fast));

        // Then
        assertThat(readiness.words().get(0)).contains("Held, but at its limit, at 120/s", "90.0 %", "order-service-0");
        assertThat(readiness.words().get(1)).contains("docs/handbook.md#");
    }

    @Test
    void namesTheNearestWhereNothingIsSaturated() {
        StepResults calm = StepResults.at(120).seen(new Candidate(SaturationRule.MACHINE, "order-service-0", 0.45));

        Readiness readiness = Readiness.of(rehearsed(120, StepResults.at(100), calm));

        assertThat(readiness.words()).singleElement().asString().contains("nearest came, at 120/s", "45.0 %");
    }

    @Test
    void saysWhereTheMetricsDidNotAnswer() {
        Readiness readiness = Readiness.of(rehearsed(
                120, StepResults.at(100).missedLooks(2), StepResults.at(120).missedLooks(1)));

        assertThat(readiness.words()).last().asString().contains("3 looks at the metrics got no answer");
    }

    private static RehearsalResult rehearsed(int held, StepResults rehearsal, StepResults... steps) {
        return new RehearsalResult(
                PLAN,
                List.of(),
                List.of(steps).stream().map(results -> results.judged(LIMIT_MS)).toList(),
                held,
                Optional.of(rehearsal.called("rehearsal").judged(LIMIT_MS)));
    }
}
