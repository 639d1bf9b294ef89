package dev.doorbuster.cli.rehearse.report;

import dev.doorbuster.cli.html.PageTemplate;
import dev.doorbuster.cli.rehearse.Deployment;
import dev.doorbuster.cli.rehearse.Readiness;
import dev.doorbuster.cli.rehearse.RehearsalPlan;
import dev.doorbuster.cli.rehearse.RehearsalResult;
import dev.doorbuster.cli.rehearse.RehearsalStep;
import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.step.StepResult;
import dev.doorbuster.cli.rehearse.step.StepVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The result as one page: values for {@code rehearsal.ftlh}, and data for the plots of {@code charts.js}. */
public final class RehearsalReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final PageTemplate PAGE = new PageTemplate(RehearsalReport.class, "rehearsal.ftlh");
    private static final int EXAMPLES_MAX = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final RehearsalResult rehearsed;
    private final RehearsalPlan plan;
    private final Readiness readiness;
    private final Deployment against;
    private final Instant began;

    public RehearsalReport(RehearsalResult rehearsed, Readiness readiness, Deployment against, Instant began) {
        this.rehearsed = rehearsed;
        this.plan = rehearsed.plan();
        this.readiness = readiness;
        this.against = against;
        this.began = began;
    }

    public String page() {
        var values = new HashMap<String, Object>();
        values.put("word", readiness.ready() ? "READY" : "NOT READY");
        values.put("began", TIME.format(began));
        values.put("ready", readiness.ready());
        values.put("promise", promise());
        values.put("reasons", readiness.reasons());
        values.put("results", results());
        values.put("words", readiness.words());
        values.put("hasSteps", !rehearsed.steps().isEmpty());
        values.put("steps", rehearsed.all().stream().map(this::row).toList());
        values.put(
                "lateMax", "%,d".formatted(StepVerdict.lateMax(plan.p99Limit()).toMillis()));
        values.put("asked", asked());
        saturated().ifPresent(step -> values.put("saturation", saturation(step)));
        rehearsed.rehearsal().ifPresent(step -> values.put("rehearsal", proof(step.result())));
        return PAGE.filled(values, "report.css", "charts.js", charts());
    }

    private String promise() {
        return "%,d buyers within %d seconds for %,d units: %s"
                .formatted(
                        plan.buyers(),
                        plan.rampSeconds(),
                        plan.stock(),
                        readiness.ready()
                                ? "this deployment carries that, and %d %% more.".formatted(plan.headroomPercent())
                                : "not shown that this deployment carries that.");
    }

    private Map<String, String> results() {
        var results = new LinkedHashMap<String, String>();
        rehearsed.rehearsal().map(RehearsalStep::result).ifPresent(result -> {
            results.put(
                    "%,d ms".formatted(result.p99().toMillis()),
                    "within which 99 of 100 buyers were answered; limit %,d ms".formatted(plan.p99LimitMs()));
            results.put(
                    "%,d of %,d".formatted(result.verification().number("sold"), plan.stock()),
                    "units sold, never more");
            results.put(
                    result.verification().verdict(),
                    result.report().isClean()
                            ? "verification; every answer was true"
                            : "verification; buyers got false answers");
        });
        results.put(
                "%,d/s".formatted(readiness.held()),
                "highest rate held; needed %,d/s, with headroom %,d/s"
                        .formatted(plan.neededPerSecond(), plan.targetPerSecond()));
        return results;
    }

    private Map<String, Object> row(RehearsalStep step) {
        StepResult result = step.result();
        List<String> cells = List.of(
                result.plan().name(),
                "%,d".formatted(step.perSecond()),
                "%,d".formatted(result.plan().buyers()),
                "%,d".formatted(result.plan().stock()),
                "%,d ms".formatted(result.stats().known().p50().toMillis()),
                "%,d ms".formatted(result.p99().toMillis()),
                "%,d ms".formatted(result.stats().reserved().p99().toMillis()),
                "%,d".formatted(result.answers().sentAway()),
                "%,d".formatted(result.errors()),
                "%,d ms".formatted(result.pace().late().p99().toMillis()),
                step.words());
        return Map.of("cssClass", step.counts() ? cssClass(step.verdict()) : "", "cells", cells);
    }

    private static String cssClass(StepVerdict verdict) {
        return switch (verdict) {
            case HELD -> "held";
            case CLIENT_BOUND -> "client";
            case TOO_SLOW, ERRORS, UNTRUE -> "failed";
        };
    }

    /** Where something was first at its limit, or else the highest rate. */
    private Optional<RehearsalStep> saturated() {
        return readiness
                .first()
                .map(Readiness.Bottleneck::step)
                .or(() -> rehearsed.judged().stream().max(Comparator.comparingInt(RehearsalStep::perSecond)));
    }

    private static Map<String, Object> saturation(RehearsalStep step) {
        return Map.of(
                "rate",
                "%,d".formatted(step.perSecond()),
                "rows",
                step.result().observation().candidates().stream()
                        .map(RehearsalReport::row)
                        .toList());
    }

    private static Map<String, Object> row(Candidate each) {
        String advice =
                each.saturated() ? each.rule().advice() + " See " + each.rule().page() : "";
        List<String> cells = List.of(
                each.rule().what(),
                each.rule().format(each.value()),
                each.rule().formattedLimit(),
                each.process(),
                advice);
        return Map.of("cssClass", each.saturated() ? "saturated" : "", "cells", cells);
    }

    private static Map<String, Object> proof(StepResult result) {
        var rows = new ArrayList<List<String>>();
        result.verification()
                .json()
                .properties()
                .forEach(entry ->
                        rows.add(List.of(entry.getKey(), entry.getValue().asText())));
        return Map.of(
                "proof",
                rows,
                "findings",
                result.report().describe(EXAMPLES_MAX).lines().toList());
    }

    private List<List<String>> asked() {
        return List.of(
                List.of("deployment", against.addresses()),
                List.of("metrics", against.metrics().describe()),
                List.of("sale", "%,d units, counted in %s".formatted(plan.stock(), plan.counter())),
                List.of("expected", "%,d buyers within %d s".formatted(plan.buyers(), plan.rampSeconds())),
                List.of("limit", "p99 %,d ms, headroom %d %%".formatted(plan.p99LimitMs(), plan.headroomPercent())),
                List.of("steps", "at most %d, of %d s each".formatted(plan.stepsMax(), plan.stepSeconds())),
                List.of("client", client()));
    }

    private String client() {
        String machine = "%d processors, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
        return against.isLocal() ? machine + ", on the services' own machine" : machine;
    }

    private Map<String, Object> charts() {
        var data = new HashMap<String, Object>();
        if (!rehearsed.steps().isEmpty()) {
            data.put("latency", latency());
        }
        rehearsed.rehearsal().ifPresent(step -> data.put("stock", stock(step.result())));
        return data;
    }

    /** Waiting against rate, all steps. */
    private Map<String, Object> latency() {
        return Map.of(
                "limit",
                plan.p99LimitMs(),
                "needed",
                plan.neededPerSecond(),
                "target",
                plan.targetPerSecond(),
                "steps",
                rehearsed.steps().stream()
                        .sorted(Comparator.comparingInt(RehearsalStep::perSecond))
                        .map(RehearsalReport::point)
                        .toList());
    }

    private static Map<String, Object> point(RehearsalStep step) {
        Duration p99 = step.result().p99();
        return Map.of(
                "rate",
                step.perSecond(),
                "p50",
                step.result().stats().known().p50().toNanos() / NANOS_PER_MILLI,
                "p99",
                p99.toNanos() / NANOS_PER_MILLI,
                "cssClass",
                cssClass(step.verdict()),
                "words",
                "%,d/s: p99 %,d ms, %s"
                        .formatted(
                                step.perSecond(), p99.toMillis(), step.verdict().words()));
    }

    /** Units left against time, as buyers heard that they have one. */
    private static Map<String, Object> stock(StepResult result) {
        double crowd = (double) result.plan().buyers() / result.plan().perSecond();
        var seconds = new ArrayList<Double>(List.of(0.0));
        for (Duration reserved : result.reservedAt()) {
            seconds.add(reserved.toNanos() / NANOS_PER_SECOND);
        }
        var left = new ArrayList<Long>();
        for (int sold = 0; sold < seconds.size(); sold++) {
            left.add(result.plan().stock() - sold);
        }
        seconds.add(Math.max(crowd, seconds.get(seconds.size() - 1)));
        left.add(left.get(left.size() - 1));
        return Map.of("seconds", seconds, "left", left, "crowd", crowd);
    }
}
