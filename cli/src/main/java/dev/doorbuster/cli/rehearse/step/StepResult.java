package dev.doorbuster.cli.rehearse.step;

import dev.doorbuster.cli.rehearse.metrics.AnswerCounts;
import dev.doorbuster.cli.rehearse.metrics.Observation;
import dev.doorbuster.cli.rehearse.step.StepRunner.StepPlan;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.history.ArrivalPace;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.judge.Judge.SaleReport;
import java.time.Duration;
import java.util.List;

/**
 * Result of one sale and its buyers.
 *
 * @param pace whether the load generator kept its schedule
 * @param reservedAt times of the first confirmations, in order, since the first arrival
 */
public record StepResult(
        StepPlan plan,
        String saleId,
        CrowdStats stats,
        ArrivalPace pace,
        SaleVerification verification,
        SaleReport report,
        Observation observation,
        List<Duration> reservedAt) {
    private static final String NO_ANSWER = "no answer";

    public StepResult {
        reservedAt = List.copyOf(reservedAt);
    }

    public Duration p99() {
        return stats.known().p99();
    }

    boolean isTrue() {
        return verification.passed() && report.isClean();
    }

    /** Requests without an answer, and buyers without a final one. */
    public int errors() {
        return stats.outcomes().getOrDefault(NO_ANSWER, 0) + stats.unclear();
    }

    /** Answers that ask a buyer to retry later; the buyer's clock keeps running. */
    public AnswerCounts answers() {
        return AnswerCounts.of(stats.outcomes());
    }
}
