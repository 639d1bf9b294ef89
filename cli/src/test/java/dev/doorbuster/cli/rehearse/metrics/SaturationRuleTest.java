package dev.doorbuster.cli.rehearse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.rehearse.metrics.Observation.Candidate;
import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule matches values just over its limit, and does not match those of an idle service. */
class SaturationRuleTest {
    private static final Path ROOT = Path.of("..");
    private static final double SECONDS = 10;

    @ParameterizedTest
    @EnumSource
    void firesOverItsLimit(SaturationRule rule) {
        Observation observation = Observation.of(List.of(busy(rule)), 0);

        assertThat(observation.saturated()).map(Candidate::rule).contains(rule);
        assertThat(observation.saturated().orElseThrow().measurement()).contains(rule.what(), rule.formattedLimit());
    }

    @ParameterizedTest
    @EnumSource
    void keepsQuietBelowIt(SaturationRule rule) {
        Observation observation = Observation.of(List.of(quiet(rule)), 0);

        assertThat(observation.candidates()).extracting(Candidate::rule).contains(rule);
        assertThat(observation.saturated()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void claimsNothingWhereNothingCouldBeRead(SaturationRule rule) {
        var silent = series(rule, List.of(), List.of());

        assertThat(Observation.of(List.of(silent), 3)).isEqualTo(new Observation(List.of(), 3));
    }

    /** The advice has a valid link and names existing variables. */
    @ParameterizedTest
    @EnumSource
    void pointsToPagesAndVariablesThatExist(SaturationRule rule) throws IOException {
        String[] page = rule.page().split("#", -1);
        String text = Files.readString(ROOT.resolve(page[0]));
        if (page.length > 1) {
            assertThat(text.lines().filter(line -> line.startsWith("#")).map(line -> line.replaceAll("^#+ ", "")))
                    .anyMatch(heading -> heading.equalsIgnoreCase(page[1]));
        }
        String configuration = Files.readString(ROOT.resolve("docs/configuration.md"));
        for (String word : (rule.advice() + " " + rule.what()).split("[^A-Z_]+", -1)) {
            if (word.startsWith("DOORBUSTER_")) {
                assertThat(configuration).contains("`" + word + "`");
            }
        }
    }

    private static Series busy(SaturationRule rule) {
        return with(rule, rule.limit() * 1.01);
    }

    private static Series quiet(SaturationRule rule) {
        return with(rule, rule.limit() * 0.5);
    }

    /** A series in which the rule's metric has the value. */
    private static Series with(SaturationRule rule, double value) {
        return switch (rule) {
            case MACHINE -> gauge(rule, "system_cpu_usage", value);
            case PROCESS -> gauge(rule, "process_cpu_usage", value);
            case CLIENT ->
                series(
                        rule,
                        List.of(sample("process_cpu_usage", value / 4), sample("system_cpu_count", 4)),
                        List.of(sample("process_cpu_usage", value / 4), sample("system_cpu_count", 4)));
            case GARBAGE -> counter(rule, sample("jvm_gc_pause_seconds_sum", value * SECONDS, "gc", "Copy"));
            case LEDGER -> counter(rule, sample("doorbuster_ledger_commit_seconds_sum", value * SECONDS));
            case DECIDER ->
                counter(rule, sample("doorbuster_stock_decision_seconds_sum", value * SECONDS, "counter", "redis"));
            case DATABASE_POOL -> gauge(rule, "vertx_pool_queue_pending", value, "pool_type", "sql");
            case WORKERS -> gauge(rule, "vertx_pool_queue_pending", value, "pool_type", "worker");
            case EVENT_LOOPS -> histogram(rule, "doorbuster_event_loop_lag_seconds", "0.1", value);
            case ENTRANCE_BATCHES -> histogram(rule, "doorbuster_entrance_batch_orders", "128.0", value);
            case DECIDER_BATCHES ->
                histogram(rule, "doorbuster_gathering_elements", "1024.0", value, "queue", "stock.orders");
            case LEDGER_BATCHES ->
                histogram(rule, "doorbuster_gathering_elements", "1024.0", value, "queue", "ledger.orders");
            case ORDERS_OLD ->
                histogram(rule, "doorbuster_gathering_age_seconds", "1.0", value, "queue", "stock.orders");
            case GRANTS_OLD ->
                histogram(rule, "doorbuster_gathering_age_seconds", "1.0", value, "queue", "ledger.orders");
            case CONFIRMS -> counter(rule, sample("doorbuster_messages_published_total", value, "outcome", "nacked"));
            case HELD_REQUESTS -> gauge(rule, "doorbuster_held_requests", value, "edge", "0");
            case CONNECTIONS -> counter(rule, sample("doorbuster_http_connections_refused_total", value));
            case OVERLOADED -> gauge(rule, LoadGeneratorMetrics.OVERLOADED, value);
            case RATE_LIMITED -> gauge(rule, LoadGeneratorMetrics.TOO_MANY, value);
        };
    }

    private static Series gauge(SaturationRule rule, String name, double value, String... labels) {
        List<Sample> samples = List.of(sample(name, value, labels));
        return series(rule, samples, samples);
    }

    private static Series counter(SaturationRule rule, Sample grownTo) {
        return series(rule, List.of(new Sample(grownTo.name(), grownTo.labels(), 0)), List.of(grownTo));
    }

    /** This share of a thousand new values exceeds the bound; as many earlier ones do not. */
    private static Series histogram(SaturationRule rule, String name, String bound, double share, String... labels) {
        return series(
                rule,
                histogram(name, bound, 500, 500, labels),
                histogram(name, bound, 1_500, 500 + (1 - share) * 1_000, labels));
    }

    private static List<Sample> histogram(String name, String bound, double count, double within, String... labels) {
        var samples = new ArrayList<Sample>();
        samples.add(sample(name + "_count", count, labels));
        var bucket = new ArrayList<>(List.of("le", bound));
        bucket.addAll(List.of(labels));
        samples.add(sample(name + "_bucket", within, bucket.toArray(String[]::new)));
        return samples;
    }

    private static Sample sample(String name, double value, String... labels) {
        Map<String, String> named = labels.length == 0
                ? Map.of()
                : labels.length == 2
                        ? Map.of(labels[0], labels[1])
                        : Map.of(labels[0], labels[1], labels[2], labels[3]);
        return new Sample(name, named, value);
    }

    private static Series series(SaturationRule rule, List<Sample> before, List<Sample> after) {
        String process = Optional.of(rule)
                .filter(each -> each == SaturationRule.CLIENT)
                .map(client -> LoadGeneratorMetrics.PROCESS)
                .orElse("order-service-0");
        return new Series(
                process,
                List.of(new Scrape(process, 0, before), new Scrape(process, (long) (SECONDS * 1_000_000_000L), after)));
    }
}
