package dev.doorbuster.systemtests;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.systemtests.AlertRules.Alert;
import dev.doorbuster.systemtests.AlertRules.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every alert is tested, and has a runbook section. */
class AlertRulesTest {
    private static final String RUNBOOK = "docs/handbook.md";
    private static final String HEADING = "### ";

    private static Set<String> names() {
        return AlertRules.alerts().stream().map(Alert::name).collect(toSet());
    }

    private static Set<String> tested(boolean fires) {
        return AlertRules.expectations().stream()
                .filter(expected -> expected.fires() == fires)
                .map(Expectation::alert)
                .collect(toSet());
    }

    @Test
    void everyAlertIsTestedBothToFireAndNotTo() {
        assertThat(tested(true)).isEqualTo(names());
        assertThat(tested(false)).isEqualTo(names());
    }

    @Test
    void everyAlertHasItsSectionInTheRunbookAndNoOther() throws IOException {
        // When
        List<String> sections = Files.readAllLines(Path.of("..", RUNBOOK)).stream()
                .filter(line -> line.startsWith(HEADING))
                .map(line -> line.substring(HEADING.length()))
                .toList();

        // Then
        assertThat(sections).doesNotHaveDuplicates().hasSameElementsAs(names());
        assertThat(AlertRules.alerts())
                .allSatisfy(alert -> assertThat(alert.runbook())
                        .isEqualTo(RUNBOOK + "#" + alert.name().toLowerCase(Locale.ROOT)));
    }
}
