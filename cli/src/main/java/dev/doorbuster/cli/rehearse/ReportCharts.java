package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.html.Axis;
import dev.doorbuster.cli.html.Chart;
import dev.doorbuster.crowd.history.CrowdStats.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The two charts of the report. */
final class ReportCharts {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    private ReportCharts() {}

    /** Waiting against rate, all steps. */
    static Chart latency(RehearsalResult rehearsed) {
        RehearsalPlan plan = rehearsed.plan();
        List<RehearsalStep> steps = rehearsed.steps().stream()
                .sorted(Comparator.comparingInt(RehearsalStep::perSecond))
                .toList();
        double fastest =
                Math.max(plan.targetPerSecond(), steps.get(steps.size() - 1).perSecond());
        double slowest = steps.stream()
                .mapToDouble(step -> millis(step.result().p99()))
                .max()
                .orElse(1);
        var chart = new Chart(
                "Waiting time by rate of arrivals",
                Axis.linear("buyers who come in a second", fastest),
                Axis.logarithmic("wait, ms", Math.max(slowest, plan.p99LimitMs())));
        chart.across(plan.p99LimitMs(), "limit", "limit of p99, %,d ms".formatted(plan.p99LimitMs()));
        chart.upright(plan.neededPerSecond(), "mark", "expected", Chart.Side.LEFT);
        chart.upright(plan.targetPerSecond(), "mark", "with headroom", Chart.Side.RIGHT);
        chart.line(points(steps, Latency::p50), "p50");
        chart.line(points(steps, Latency::p99), "p99");
        for (RehearsalStep step : steps) {
            chart.dot(
                    point(step, Latency::p99),
                    RehearsalReport.cssClass(step.verdict()),
                    "%,d/s: p99 %,d ms, %s"
                            .formatted(
                                    step.perSecond(),
                                    step.result().p99().toMillis(),
                                    step.verdict().words()));
        }
        return chart;
    }

    /** Units left against time, as buyers heard that they have one. */
    static Chart stock(StepResult result) {
        double crowd =
                MILLIS_PER_SECOND * result.plan().buyers() / result.plan().perSecond();
        double left = result.plan().stock();
        var points = new ArrayList<Chart.Point>();
        points.add(new Chart.Point(0, left));
        for (Duration reserved : result.reservedAt()) {
            double at = millis(reserved) / MILLIS_PER_SECOND;
            points.add(new Chart.Point(at, left));
            points.add(new Chart.Point(at, --left));
        }
        double end = Math.max(
                crowd,
                result.reservedAt().isEmpty()
                        ? 0
                        : millis(result.reservedAt().get(result.reservedAt().size() - 1)));
        points.add(new Chart.Point(end / MILLIS_PER_SECOND, left));
        return new Chart(
                        "Units left over time",
                        Axis.linear("seconds since the first buyer came", end / MILLIS_PER_SECOND),
                        Axis.linear("units left", (double) result.plan().stock()))
                .line(points, "stock")
                .upright(crowd / MILLIS_PER_SECOND, "mark", "last buyer comes", Chart.Side.LEFT);
    }

    private static List<Chart.Point> points(List<RehearsalStep> steps, Function<Latency, Duration> which) {
        return steps.stream().map(step -> point(step, which)).toList();
    }

    private static Chart.Point point(RehearsalStep step, Function<Latency, Duration> which) {
        return new Chart.Point(
                step.perSecond(), millis(which.apply(step.result().stats().known())));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
