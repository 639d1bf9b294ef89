package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.step.StepResult;
import dev.doorbuster.crowd.history.CrowdStats;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Prints the progress. */
final class RehearsalProgress {
    private static final int EXAMPLES_MAX = 3;

    private RehearsalProgress() {}

    static void announce(RehearsalPlan plan, Deployment against, PrintWriter out) {
        out.printf(
                "%nDoorbuster rehearse: %,d units, %,d buyers within %d s (%,d/s), p99 limit %,d ms, counted in %s%n",
                plan.stock(),
                plan.buyers(),
                plan.rampSeconds(),
                plan.neededPerSecond(),
                plan.p99LimitMs(),
                plan.counter());
        out.printf(
                "  against %s, metrics: %s%n",
                against.addresses(), against.metrics().describe());
        if (against.isLocal()) {
            out.println(
                    "  client and services share this machine; for the deployment's own limits, run this elsewhere");
        }
        out.println("  real sales of this deployment get slower while this runs");
        out.println();
        out.flush();
    }

    /** Prints one line. */
    static void show(RehearsalStep step, PrintWriter out) {
        StepResult result = step.result();
        CrowdStats stats = result.stats();
        out.printf(
                "  %-9s %,7d/s  p50 %,7d ms  p99 %,7d ms  %,7d had it, %,9d did not  %s%n",
                result.plan().name(),
                step.perSecond(),
                stats.known().p50().toMillis(),
                result.p99().toMillis(),
                result.reservedAt().size(),
                stats.known().count() - result.reservedAt().size(),
                remark(step));
        out.flush();
    }

    private static String remark(RehearsalStep step) {
        StepResult result = step.result();
        String sentAway = result.answers().sentAway() == 0
                ? ""
                : ", %,d times come again later".formatted(result.answers().sentAway());
        String bottleneck = step.held()
                ? ""
                : result.observation()
                        .saturated()
                        .map(candidate -> "; " + candidate.measurement())
                        .orElse("");
        String why = switch (step.verdict()) {
            case HELD, TOO_SLOW -> "";
            case ERRORS -> ", %,d".formatted(result.errors());
            case CLIENT_BOUND ->
                ", arrivals up to %,d ms late, %,d requests out on %,d connections"
                        .formatted(
                                result.pace().late().p99().toMillis(),
                                result.pace().requestsInFlightMax(),
                                result.pace().connections());
            case UNTRUE ->
                ", verification " + result.verification().verdict() + ", violations "
                        + result.report().findings().byViolation().keySet();
        };
        return step.words() + (step.counts() ? why + sentAway + bottleneck : "");
    }

    static void conclude(RehearsalResult rehearsed, Readiness readiness, Path report, PrintWriter out) {
        rehearsed.rehearsal().ifPresent(step -> proof(step.result(), out));
        out.printf("%n%s%n", readiness.ready() ? "READY" : "NOT READY");
        readiness.reasons().forEach(reason -> out.println("  " + reason));
        out.printf(
                "  highest rate held: %,d/s; needed: %,d/s, with %d %% headroom %,d/s%n",
                readiness.held(),
                rehearsed.plan().neededPerSecond(),
                rehearsed.plan().headroomPercent(),
                rehearsed.plan().targetPerSecond());
        readiness.words().forEach(line -> out.println("  " + line));
        out.println("  report: " + report);
        out.flush();
    }

    private static void proof(StepResult result, PrintWriter out) {
        out.printf("%n  the rehearsal, verified%n");
        result.verification().print(out);
        result.report().describe(EXAMPLES_MAX).lines().forEach(line -> out.println("    " + line));
    }

    static synchronized void left(List<String> sales, PrintWriter out) {
        sales.forEach(sale -> out.println("  sale " + sale + "; it closes by itself within minutes"));
        out.flush();
    }
}
