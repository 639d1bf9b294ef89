package dev.doorbuster.cli.rehearse.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.crowd.judge.Violation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepVerdictTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void isHeldWhereBuyersKnowInTime() {
        assertThat(of(StepResults.at(100).p99(1_000))).isEqualTo(StepVerdict.HELD);
    }

    @Test
    void isTooSlowBeyondTheLimit() {
        assertThat(of(StepResults.at(100).p99(1_001))).isEqualTo(StepVerdict.TOO_SLOW);
    }

    @Test
    void countsRequestsWithoutAnswerAsErrors() {
        StepResults results = StepResults.at(100).outcomes(Map.of("409 sold-out", 999, "no answer", 1));

        assertThat(of(results)).isEqualTo(StepVerdict.ERRORS);
        assertThat(results.result().errors()).isEqualTo(1);
    }

    @Test
    void countsBuyersWhoNeverKnewAsErrors() {
        assertThat(of(StepResults.at(100).unclear(1))).isEqualTo(StepVerdict.ERRORS);
    }

    @Test
    void countsBuyersWhoWereSentAwayApart() {
        StepResults results =
                StepResults.at(100).outcomes(Map.of("409 sold-out", 990, "503 overloaded", 7, "429 rate-limited", 3));

        assertThat(of(results)).isEqualTo(StepVerdict.HELD);
        assertThat(results.result().errors()).isZero();
        assertThat(results.result().answers().sentAway()).isEqualTo(10);
    }

    @Test
    void neverBlamesTheDeploymentForAClientThatIsLate() {
        assertThat(of(StepResults.at(100).late(101).p99(5_000).unclear(3))).isEqualTo(StepVerdict.CLIENT_BOUND);
        assertThat(of(StepResults.at(100).late(100))).isEqualTo(StepVerdict.HELD);
    }

    @Test
    void neverBlamesTheDeploymentForAClientWithoutConnections() {
        assertThat(of(StepResults.at(100).requestsOut(101).p99(5_000))).isEqualTo(StepVerdict.CLIENT_BOUND);
    }

    @Test
    void leavesAClientSomeTimeHoweverSmallTheLimit() {
        assertThat(StepVerdict.of(StepResults.at(100).late(50).result(), Duration.ZERO))
                .isEqualTo(StepVerdict.TOO_SLOW);
    }

    @Test
    void isNotProvenUnlessVerified() {
        assertThat(of(StepResults.at(100).verdict("FAIL"))).isEqualTo(StepVerdict.UNTRUE);
        assertThat(of(StepResults.at(100).verdict("PENDING"))).isEqualTo(StepVerdict.UNTRUE);
    }

    @Test
    void isNotProvenWhereSomebodyWasToldSomethingUntrue() {
        assertThat(of(StepResults.at(100)
                        .violation(Violation.OVERSOLD, "51 held of 50")
                        .late(5_000)))
                .isEqualTo(StepVerdict.UNTRUE);
    }

    private static StepVerdict of(StepResults results) {
        return StepVerdict.of(results.result(), LIMIT);
    }
}
