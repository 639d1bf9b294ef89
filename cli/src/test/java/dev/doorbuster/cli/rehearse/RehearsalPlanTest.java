package dev.doorbuster.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.cli.rehearse.step.StepRunner.StepPlan;
import org.junit.jupiter.api.Test;

class RehearsalPlanTest {
    @Test
    void needsTheRateOfTheExpectedBuyersAndSomeMore() {
        RehearsalPlan plan = plan(1_000, 20_000, 10);

        assertThat(plan.neededPerSecond()).isEqualTo(2_000);
        assertThat(plan.targetPerSecond()).isEqualTo(2_400);
    }

    @Test
    void roundsUpWhatIsNeeded() {
        RehearsalPlan plan = plan(1_000, 10_001, 10);

        assertThat(plan.neededPerSecond()).isEqualTo(1_001);
        assertThat(plan.targetPerSecond()).isEqualTo(1_202);
    }

    @Test
    void givesAStepAsManyUnitsForEachBuyerAsExpected() {
        StepPlan step = plan(1_000, 20_000, 10).step("step 1", 600);

        assertThat(step.buyers()).isEqualTo(6_000);
        assertThat(step.stock()).isEqualTo(300);
    }

    @Test
    void hasWinnersAndLosersInEachStep() {
        assertThat(plan(1, 1_000_000, 100).step("few units", 10).stock()).isEqualTo(1);
        assertThat(plan(5_000, 100, 10).step("units for all", 10).stock()).isEqualTo(99);
    }

    @Test
    void reportsAllErrorsAtOnce() {
        assertThatThrownBy(() -> new RehearsalPlan(0, 1, 0, -1, "etcd", 0, 0, -1))
                .hasMessageContainingAll(
                        "--stock must be 1 to 100,000,000, not 0",
                        "--buyers must be 2 to 1,000,000, not 1",
                        "--ramp must be 1 to 3,600, not 0",
                        "--p99-limit must be 0 to 60,000, not -1",
                        "--step-seconds must be 1 to 300, not 0",
                        "--steps must be 1 to 30, not 0",
                        "--headroom must be 0 to 400, not -1",
                        "--counter must be redis or memcached, not etcd");
    }

    @Test
    void refusesARateThatItCouldNotTry() {
        assertThatThrownBy(() -> plan(1_000, 1_000_000, 5))
                .hasMessageContaining("more than the 100,000/s")
                .hasMessageContaining("--ramp");
    }

    private static RehearsalPlan plan(long stock, int buyers, int rampSeconds) {
        return new RehearsalPlan(stock, buyers, rampSeconds, 1_000, "redis", 10, 12, 20);
    }
}
