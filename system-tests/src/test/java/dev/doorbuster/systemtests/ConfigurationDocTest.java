package dev.doorbuster.systemtests;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.doorbuster.notifier.NotifierConfig;
import dev.doorbuster.order.DeclareTopology.TopologyConfig;
import dev.doorbuster.order.OrderConfig;
import dev.doorbuster.racelab.RaceLabConfig;
import dev.doorbuster.runtime.config.ConfigException;
import dev.doorbuster.stock.StockConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares docs/configuration.md with the code: variables, defaults and limits. */
class ConfigurationDocTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> READERS = List.of(
            "runtime",
            "order-service",
            "stock-counters",
            "waiting-room",
            "stock-service",
            "notifier",
            "race-lab",
            "learn");
    private static final Pattern READ = Pattern.compile("[\"{](DOORBUSTER_[A-Z0-9_]+)[\":]");
    private static final Pattern DOCUMENTED = Pattern.compile("`(DOORBUSTER_[A-Z0-9_]+)`");
    private static final Pattern LIMITS = Pattern.compile("\\b(\\d+ to \\d+)[.;]");
    private static final Pattern REFUSED = Pattern.compile("(DOORBUSTER_[A-Z0-9_]+) must be (\\d+ to \\d+), not -1");
    private static final Map<String, String> REQUIRED = Map.of(
            "DOORBUSTER_RABBITMQ_USER", "somebody",
            "DOORBUSTER_RABBITMQ_PASSWORD", "secret",
            "DOORBUSTER_JWT_SECRET", "0123456789abcdef0123456789abcdef",
            "DOORBUSTER_ORDER_ID_SECRET", "fedcba9876543210fedcba9876543210",
            "DOORBUSTER_LEARN_PASSWORD", "secret",
            "DOORBUSTER_DB_USER", "somebody",
            "DOORBUSTER_DB_PASSWORD", "secret",
            "DOORBUSTER_DB_OWNER_USER", "owner",
            "DOORBUSTER_DB_OWNER_PASSWORD", "secret");

    /** Documented names of the services, and of the job with variables of its own. */
    private enum Reader {
        ORDER("order-service"),
        STOCK("stock-service"),
        NOTIFIER("notifier"),
        RACE_LAB("race-lab"),
        TOPOLOGY("declare-topology");

        private final String service;

        Reader(String service) {
            this.service = service;
        }

        Record fromEnv(Map<String, String> variables) {
            return switch (this) {
                case ORDER -> OrderConfig.fromEnv(variables);
                case STOCK -> StockConfig.fromEnv(variables);
                case NOTIFIER -> NotifierConfig.fromEnv(variables);
                case RACE_LAB -> RaceLabConfig.fromEnv(variables);
                case TOPOLOGY -> TopologyConfig.fromEnv(variables);
            };
        }
    }

    private record Row(String name, String byDefault, String text) {}

    @Test
    void everyVariableThatIsReadIsDocumentedAndNoOther() throws IOException {
        // Given
        var read = new TreeSet<String>();
        for (String module : READERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
                for (Path file : files.filter(ConfigurationDocTest::mayRead).toList()) {
                    read.addAll(names(READ, Files.readString(file)));
                }
            }
        }

        // When
        var documented = new TreeSet<>(names(DOCUMENTED, document()));

        // Then
        assertThat(documented).isEqualTo(read);
    }

    @ParameterizedTest
    @EnumSource
    void documentedDefaultsAreTheDefaults(Reader reader) throws IOException {
        // Given
        var documented = new HashMap<>(REQUIRED);
        for (Row row : rows(reader)) {
            byDefault(row, reader).ifPresent(value -> documented.put(row.name(), value));
        }

        // When
        Record config = reader.fromEnv(documented);

        // Then
        assertThat(config).isEqualTo(reader.fromEnv(REQUIRED));
    }

    @Test
    void documentedLimitsAreTheLimits() throws IOException {
        // Given
        var documented = new TreeMap<String, String>();
        var enforced = new TreeMap<String, String>();

        // When
        for (Reader reader : Reader.values()) {
            Map<String, String> promised = limits(rows(reader));
            documented.putAll(promised);
            Map<String, String> told = whatIsSaidAboutMinusOne(reader);
            assertThat(promised).as(reader.service).containsAllEntriesOf(told);
            enforced.putAll(told);
        }

        // Then
        assertThat(documented).isEqualTo(enforced);
    }

    private static Map<String, String> whatIsSaidAboutMinusOne(Reader reader) throws IOException {
        var wrong = new HashMap<>(REQUIRED);
        names(DOCUMENTED, document()).forEach(name -> wrong.putIfAbsent(name, "-1"));
        // an instance without roles does not read the roles' variables
        wrong.remove("DOORBUSTER_ROLES");
        var refusal = catchThrowableOfType(ConfigException.class, () -> reader.fromEnv(wrong));
        return REFUSED.matcher(refusal.getMessage())
                .results()
                .collect(toMap(match -> match.group(1), match -> match.group(2), (first, again) -> again));
    }

    private static Map<String, String> limits(List<Row> rows) {
        var limits = new TreeMap<String, String>();
        for (Row row : rows) {
            names(LIMITS, row.text()).forEach(each -> limits.put(row.name(), each));
        }
        return limits;
    }

    /** Parses values in backticks; with several, each is followed by its service. */
    private static Optional<String> byDefault(Row row, Reader reader) {
        Pattern one = Pattern.compile("^`([^`]*)`$");
        Pattern ofService = Pattern.compile("`([^`]*)` " + reader.service);
        return Stream.of(one, ofService)
                .flatMap(pattern -> names(pattern, row.byDefault()).stream())
                .findFirst();
    }

    /** Rows of the shared table and of the service's own table. */
    private static List<Row> rows(Reader reader) throws IOException {
        return Stream.of(document().split("\n## "))
                .filter(section -> section.startsWith("What all share") || section.startsWith(reader.service))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("| `DOORBUSTER_"))
                .map(line -> line.split(" *\\| *", -1))
                .map(cells -> new Row(cells[1].replace("`", ""), cells[2], cells[3]))
                .toList();
    }

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs/configuration.md"));
    }

    private static boolean mayRead(Path file) {
        return file.toString().endsWith(".java") || file.endsWith("logback.xml");
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
