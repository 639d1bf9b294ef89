package dev.doorbuster.cli.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final ReportColumn RATE = new ReportColumn("rate", "per second", 0);
    private static final ReportColumn RATIO = new ReportColumn("ratio", "ratio", 2);
    private static final ReportColumn UNMEASURED = new ReportColumn("other", "other", 0);

    private final Machine machine = new Machine(new LinkedHashMap<>(Map.of("CPU", "<two> cores")));

    private static Section section() {
        return new Section("A part", "A note.", "variant", List.of(RATE, RATIO, UNMEASURED), BarPlot.of("rates", RATE))
                .add("first", Map.of("rate", 1000.0, "ratio", 1.0))
                .add("second", Map.of("rate", 3000.0))
                .add("first", Map.of("rate", 2000.0, "ratio", 2.0));
    }

    @Test
    void aSectionIsAMarkdownTable() {
        // When
        String text = MarkdownReport.section(section());

        // Then
        assertThat(text).isEqualTo("""
                ### A part

                A note.

                | variant | per second | ratio |
                |---|---|---|
                | first | 1,500 (1,000–2,000) | 1.50 (1.00–2.00) |
                | second | 3,000 | - |
                """);
    }

    @Test
    void aCellSaysThatTheClientLimitedIt() {
        // Given
        Section section = section().add("second", Map.of("rate", 3000.0, "ratio", 1.5, "ratio.client-bound", 1.0));

        // When, Then
        assertThat(MarkdownReport.section(section)).contains("| second | 3,000 (3,000–3,000) | 1.50, client-bound |");
    }

    @Test
    void thePageHasTheTableItsPlotsAndNeedsNothingElse() {
        // When
        String page = BenchPage.page(machine, List.of(section()), List.of("sale x FAIL"));

        // Then
        assertThat(page)
                .contains("<td>1,500 (1,000–2,000)</td>", "&lt;two&gt; cores", "FAIL: sale x FAIL", "uPlot")
                .contains("[1500.0,1000.0,2000.0]")
                .doesNotContain(" src=", "<link");
    }

    @Test
    void everyValueIsInTheRawReport() {
        // When
        String json = JsonReport.of(machine, List.of(section()), List.of());

        // Then
        assertThat(json).contains("1000.0", "2000.0", "3000.0", "<two> cores");
    }
}
