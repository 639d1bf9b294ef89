package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.metrics.AnswerCounts;
import dev.doorbuster.cli.rehearse.metrics.Observation;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.crowd.history.ArrivalPace;
import dev.doorbuster.crowd.history.CrowdStats;
import dev.doorbuster.crowd.judge.SaleReport;
import java.time.Duration;
import java.util.List;

/**
 * What became of one sale and its crowd.
 *
 * @param pace whether the crowd kept its own schedule
 * @param reservedAt when buyers first heard that they have it, in order, since the crowd began
 */
record StepResult(
        StepPlan plan,
        String saleId,
        CrowdStats stats,
        ArrivalPace pace,
        SaleVerification verification,
        SaleReport report,
        Observation observation,
        List<Duration> reservedAt) {
    private static final String NO_ANSWER = "no answer";

    StepResult {
        reservedAt = List.copyOf(reservedAt);
    }

    Duration p99() {
        return stats.known().p99();
    }

    boolean isTrue() {
        return verification.passed() && report.isClean();
    }

    /** Requests without an answer, and buyers who never got a clear one. */
    int errors() {
        return stats.outcomes().getOrDefault(NO_ANSWER, 0) + stats.unclear();
    }

    /** Who is sent away for now asks again; his clock runs on. */
    AnswerCounts answers() {
        return AnswerCounts.of(stats.outcomes());
    }
}
