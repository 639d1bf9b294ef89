package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.html.Html;
import dev.doorbuster.cli.rehearse.metrics.Candidate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The result as one page that needs nothing from anywhere else. */
final class RehearsalReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final int EXAMPLES_MAX = 3;

    private final RehearsalResult rehearsed;
    private final RehearsalPlan plan;
    private final Readiness readiness;
    private final Deployment against;
    private final Instant began;

    RehearsalReport(RehearsalResult rehearsed, Readiness readiness, Deployment against, Instant began) {
        this.rehearsed = rehearsed;
        this.plan = rehearsed.plan();
        this.readiness = readiness;
        this.against = against;
        this.began = began;
    }

    String page() {
        var body = new Html();
        verdict(body);
        figures(body);
        latency(body);
        stock(body);
        steps(body);
        saturation(body);
        proof(body);
        configuration(body);
        return Html.page("Rehearsal of a flash sale: " + word(), style(), body);
    }

    private String word() {
        return readiness.ready() ? "READY" : "NOT READY";
    }

    private void verdict(Html body) {
        body.element("h1", "", "Rehearsal of a flash sale, " + TIME.format(began));
        body.begin("div", "verdict " + (readiness.ready() ? "ready" : "not-ready"));
        body.element("strong", "", word());
        body.paragraph("%,d buyers within %d seconds for %,d units: %s"
                .formatted(
                        plan.buyers(),
                        plan.rampSeconds(),
                        plan.stock(),
                        readiness.ready()
                                ? "this deployment carries that, and %d %% more.".formatted(plan.headroomPercent())
                                : "not shown that this deployment carries that."));
        if (!readiness.ready()) {
            body.begin("ul", "");
            readiness.reasons().forEach(reason -> body.element("li", "", reason));
            body.end();
        }
        body.end();
    }

    private void figures(Html body) {
        body.begin("div", "figures");
        rehearsed.rehearsal().ifPresent(step -> {
            StepResult result = step.result();
            figure(
                    body,
                    "%,d ms".formatted(result.p99().toMillis()),
                    "within which 99 of 100 buyers knew; limit %,d ms".formatted(plan.p99LimitMs()));
            figure(
                    body,
                    "%,d of %,d".formatted(result.verification().number("sold"), plan.stock()),
                    "units sold, never more");
            figure(
                    body,
                    result.verification().verdict(),
                    result.report().isClean()
                            ? "verification; nobody was told anything untrue"
                            : "verification; buyers were told something untrue");
        });
        figure(
                body,
                "%,d/s".formatted(readiness.held()),
                "highest rate held; needed %,d/s, with headroom %,d/s"
                        .formatted(plan.neededPerSecond(), plan.targetPerSecond()));
        body.end();
        readiness.words().forEach(body::paragraph);
    }

    private static void figure(Html body, String value, String meaning) {
        body.begin("div", "figure")
                .element("b", "", value)
                .element("span", "", meaning)
                .end();
    }

    private void latency(Html body) {
        if (!rehearsed.steps().isEmpty()) {
            body.element("h2", "", "How long buyers wait, by how many come");
            body.add(ReportCharts.latency(rehearsed));
            body.element(
                    "p",
                    "note",
                    "From the moment a buyer was due until he knew, however often he had to ask. Line: 99 of 100 buyers; dotted:"
                            + " half of them. Filled: held; open: not; a rate counts as not held once it was not held twice.");
        }
    }

    private void stock(Html body) {
        rehearsed.rehearsal().ifPresent(step -> {
            body.element("h2", "", "The stock, as buyers of the rehearsal heard it");
            body.add(ReportCharts.stock(step.result()));
        });
    }

    private void steps(Html body) {
        body.element("h2", "", "Every crowd");
        body.begin("div", "wide").begin("table", "numbers");
        body.row(
                "th",
                "",
                List.of(
                        "crowd",
                        "buyers/s",
                        "buyers",
                        "units",
                        "p50",
                        "p99",
                        "p99 of winners",
                        "sent away",
                        "errors",
                        "own delay",
                        "result"));
        rehearsed.all().forEach(step -> body.row("td", step.counts() ? cssClass(step.verdict()) : "", cells(step)));
        body.end().end();
        body.element(
                "p",
                "note",
                "Smoke and warm-up have to be true and may be slow. Sent away: told 503 or 429, come again later; the buyer's"
                        + " clock runs on. Own delay: by how much the load generator itself began late, in 99 of 100 cases;"
                        + " beyond %,d ms a crowd is client-bound and says nothing about the deployment."
                                .formatted(StepVerdict.lateMax(plan.p99Limit()).toMillis()));
    }

    private List<String> cells(RehearsalStep step) {
        StepResult result = step.result();
        return List.of(
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
    }

    static String cssClass(StepVerdict verdict) {
        return switch (verdict) {
            case HELD -> "held";
            case CLIENT_BOUND -> "client";
            case TOO_SLOW, ERRORS, UNTRUE -> "failed";
        };
    }

    private void saturation(Html body) {
        Optional<RehearsalStep> shown = saturated();
        shown.ifPresent(step -> {
            body.element("h2", "", "What is near its limit, at %,d buyers/s".formatted(step.perSecond()));
            body.begin("div", "wide").begin("table", "limits");
            body.row("th", "", List.of("what", "seen", "limit", "where", "what to do"));
            for (Candidate each : step.result().observation().candidates()) {
                body.row(
                        "td",
                        each.saturated() ? "saturated" : "",
                        List.of(
                                each.rule().what(),
                                each.rule().format(each.value()),
                                each.rule().formattedLimit(),
                                each.process(),
                                each.saturated()
                                        ? each.rule().advice() + " See "
                                                + each.rule().page()
                                        : ""));
            }
            body.end().end();
            body.element(
                    "p",
                    "note",
                    "Causes stand before their symptoms; what is not at its limit follows, the nearest first.");
        });
    }

    /** Where something was first at its limit, or else the highest rate. */
    private Optional<RehearsalStep> saturated() {
        return readiness
                .first()
                .map(Readiness.Bottleneck::step)
                .or(() -> rehearsed.judged().stream().max(Comparator.comparingInt(RehearsalStep::perSecond)));
    }

    private void proof(Html body) {
        rehearsed.rehearsal().ifPresent(step -> {
            body.element("h2", "", "The proof of the rehearsal");
            body.begin("table", "");
            step.result()
                    .verification()
                    .figures()
                    .properties()
                    .forEach(figure -> body.row(
                            "td", "", List.of(figure.getKey(), figure.getValue().asText())));
            body.end();
            step.result().report().describe(EXAMPLES_MAX).lines().forEach(body::paragraph);
        });
    }

    private void configuration(Html body) {
        body.element("h2", "", "What was asked");
        body.begin("table", "");
        body.row("td", "", List.of("deployment", against.addresses()));
        body.row("td", "", List.of("metrics", against.metrics().describe()));
        body.row("td", "", List.of("sale", "%,d units, counted in %s".formatted(plan.stock(), plan.counter())));
        body.row("td", "", List.of("expected", "%,d buyers within %d s".formatted(plan.buyers(), plan.rampSeconds())));
        body.row(
                "td",
                "",
                List.of("limit", "p99 %,d ms, headroom %d %%".formatted(plan.p99LimitMs(), plan.headroomPercent())));
        body.row("td", "", List.of("steps", "at most %d, of %d s each".formatted(plan.stepsMax(), plan.stepSeconds())));
        body.row("td", "", List.of("client", client()));
        body.end();
    }

    private String client() {
        String machine = "%d processors, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature());
        return against.isLocal() ? machine + ", on the services' own machine" : machine;
    }

    private static String style() {
        try (InputStream css = RehearsalReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the report's style cannot be read", e);
        }
    }
}
