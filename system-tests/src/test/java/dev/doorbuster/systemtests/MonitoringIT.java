package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.systemtests.AlertRules.Alert;
import dev.doorbuster.systemtests.Dashboards.Query;
import dev.doorbuster.systemtests.MetricsPage.Metric;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Prometheus scrapes the real system during a sale, and runs the queries of all dashboards and alerts. */
class MonitoringIT {
    /** Time for a service to read a value, and for Prometheus to scrape it. */
    private static final Duration SEEN_MAX = Duration.ofSeconds(60);

    /** Units and refusals for several seconds each, so that Prometheus sees both counters grow. */
    private static final long STOCK = 300;

    private static final int BUYERS = 600;
    private static final int PER_SECOND = 60;

    /** After removing string literals only metric names match this. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:(?:doorbuster|vertx|jvm|process|system|rabbitmq|redis|memcached|pg)_\\w+|up)\\b");

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABEL_LIST = Pattern.compile("\\b(?:by|on|without|ignoring) *\\([^)]*\\)");

    private static Instant begun;
    private static RunningSystem system;
    private static Monitoring monitoring;
    private static PrometheusAnswers prometheus;
    private static String sale;

    @BeforeAll
    static void sell() throws Exception {
        begun = Instant.now();
        system = TestSystem.start("monitoring", new SystemPlan(1, 1, 1, false).withRaceLab());
        monitoring = Monitoring.start(system);
        prometheus = monitoring.answers();
        try (var sales = new TestSales(system)) {
            for (String counter : List.of("memcached", "redis")) {
                var result = sales.sell(new TestSales.Plan(counter, STOCK, BUYERS, PER_SECOND), id -> {});
                assertThat(result.verification().passed()).isTrue();
                sale = result.sale();
            }
        }
        await().atMost(SEEN_MAX)
                .until(() -> !prometheus
                        .now("doorbuster_sale_held{sale=\"%s\"} == %d".formatted(sale, STOCK))
                        .isEmpty());
    }

    @AfterAll
    static void stop() {
        if (monitoring != null) {
            monitoring.close();
        }
        if (system != null) {
            system.discard();
        }
    }

    @Test
    void everyQuestionOfEveryPanelIsAnswered() {
        // Given
        Map<String, String> variables = Map.of("__rate_interval", "5s", "sale", sale, "job", ".*");

        // When
        var silent = new ArrayList<Query>();
        for (Query query : Dashboards.queries()) {
            if (prometheus.numbers(query.with(variables).expression(), begun).isEmpty()) {
                silent.add(query);
            }
        }

        // Then
        assertThat(silent).isEmpty();
        assertThat(Dashboards.queries())
                .extracting(Query::source)
                .containsOnly(Dashboards.sources().toArray(String[]::new));
    }

    @Test
    void everyMetricThatIsNamedIsThere() {
        // Given
        var named = new TreeSet<String>();
        Stream.concat(
                        Dashboards.queries().stream().map(Query::expression),
                        AlertRules.alerts().stream().map(Alert::expression))
                .map(expression -> TEXT.matcher(expression).replaceAll(""))
                .map(expression -> LABEL_LIST.matcher(expression).replaceAll(""))
                .flatMap(expression -> METRIC.matcher(expression).results().map(MatchResult::group))
                .forEach(named::add);

        // Then
        assertThat(named).contains("up", "doorbuster_sale_oversold", "pg_up", "redis_up");
        assertThat(prometheus.metrics()).containsAll(named);
    }

    @Test
    void noAlertFiresOverASaleThatGoesWell() {
        assertThat(prometheus.firing()).isEmpty();
        assertThat(prometheus.now("ALERTS{alertstate=\"firing\"}")).isEmpty();
    }

    @Test
    void thePageOfMetricsListsWhatTheServicesHave() throws Exception {
        for (RunningService service : system.services()) {
            // Given
            String name = service.name().replaceAll("-\\d+$", "");
            List<Metric> documented = MetricsPage.documented(name);
            Set<String> names = documented.stream().map(Metric::name).collect(Collectors.toSet());
            List<String> families = MetricsPage.families(name);

            // When
            List<Metric> scraped = MetricsPage.scraped(scrape(service));

            // Then
            assertThat(documented).extracting(Metric::name).doesNotHaveDuplicates();
            assertThat(families).noneMatch(family -> family.startsWith("doorbuster"));
            assertThat(documented)
                    .as(service.name())
                    .extracting(Metric::shape)
                    .containsAll(scraped.stream()
                            .filter(metric -> names.contains(metric.name())
                                    || families.stream().noneMatch(metric.name()::startsWith))
                            .map(Metric::shape)
                            .toList());
            assertThat(scraped)
                    .as(service.name())
                    .extracting(Metric::name)
                    .containsAll(documented.stream()
                            .filter(Metric::certain)
                            .map(Metric::name)
                            .toList());
        }
    }

    private static String scrape(RunningService service) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.management().resolve("/metrics"))
                .timeout(SEEN_MAX)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
