package dev.doorbuster.cli.rehearse.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.rehearse.Deployment;
import dev.doorbuster.cli.rehearse.Readiness;
import dev.doorbuster.cli.rehearse.RehearsalPlan;
import dev.doorbuster.cli.rehearse.RehearsalResult;
import dev.doorbuster.cli.rehearse.metrics.MetricsPages;
import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.metrics.SaturationRule;
import dev.doorbuster.cli.rehearse.step.StepResults;
import dev.doorbuster.crowd.judge.Violation;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalReportTest {
    private static final String SCRIPT = "<script>alert('x')</script>";
    private static final RehearsalPlan PLAN = new RehearsalPlan(50, 1_000, 10, 1_000, "redis", 10, 12, 20);

    @Test
    void saysTheVerdictFirstAndShowsEveryCrowd() {
        String page = page(PLAN, StepResults.at(100), StepResults.at(60), StepResults.at(120));

        assertThat(page).contains("<strong>READY</strong>");
        assertThat(page.indexOf("READY")).isLessThan(page.indexOf("<table"));
        assertThat(page).contains("60/s: p99 20 ms, held", "120/s: p99 20 ms, held", "Units left over time");
    }

    @Test
    void saysWhyNot() {
        String page =
                page(PLAN, StepResults.at(100).p99(1_500), StepResults.at(120).p99(1_500));

        assertThat(page).contains("NOT READY", "in the rehearsal p99 was 1,500 ms");
    }

    @Test
    void escapesEverything() {
        // Given
        StepResults hostile = StepResults.at(100)
                .violation(Violation.ROW_WITHOUT_REQUEST, SCRIPT)
                .seen(new Candidate(SaturationRule.MACHINE, SCRIPT, 0.99))
                .called(SCRIPT);

        // When
        String page = page(PLAN, hostile, hostile);

        // Then
        assertThat(page).doesNotContain(SCRIPT, "<script>alert").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void needsNothingFromAnywhereElse() {
        String page = page(PLAN, StepResults.at(100), StepResults.at(120));

        assertThat(page).doesNotContain("<link", "<img", "@import", "url(", " src=");
    }

    @Test
    void showsAPlanWithoutAnyTimeToWait() {
        var impossible = new RehearsalPlan(50, 1_000, 10, 0, "memcached", 10, 12, 20);

        assertThat(page(impossible, StepResults.at(100), StepResults.at(120))).contains("limit 0 ms", "\"limit\":0");
    }

    @Test
    void neverShowsASecret() {
        assertThat(page(PLAN, StepResults.at(100), StepResults.at(120))).doesNotContain("a-password", "a-secret");
    }

    private static String page(RehearsalPlan plan, StepResults rehearsal, StepResults... steps) {
        int limit = plan.p99LimitMs();
        var rehearsed = new RehearsalResult(
                plan,
                List.of(StepResults.at(10).judged(limit)),
                List.of(steps).stream().map(results -> results.judged(limit)).toList(),
                120,
                Optional.of(rehearsal.judged(limit)));
        var against = new Deployment(
                List.of(URI.create("http://shop.example")),
                "operator",
                "a-password",
                "a-secret",
                new MetricsPages(Map.of(SCRIPT, URI.create("http://shop.example:9080/metrics"))));
        return new RehearsalReport(rehearsed, Readiness.of(rehearsed), against, Instant.EPOCH).page();
    }
}
