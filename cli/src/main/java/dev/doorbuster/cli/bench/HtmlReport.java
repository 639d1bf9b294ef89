package dev.doorbuster.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.cli.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webjars.WebJarVersionLocator;

/** Sections as one page with tables and plots that needs nothing from anywhere else. */
final class HtmlReport {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String WEB_JAR = "uplot";

    private HtmlReport() {}

    static String page(Machine machine, List<Section> sections, List<String> failures) {
        var body = new Html();
        body.element("h1", "", "Doorbuster: benchmarks");
        failures.forEach(failure -> body.element("p", "failure", "FAIL: " + failure));
        body.begin("table", "");
        machine.properties().forEach((name, value) -> body.row("td", "", List.of(name, value)));
        body.end();
        sections.forEach(section -> add(body, section));
        body.json(data(sections)).script(library("dist/uPlot.iife.min.js")).script(resource("plots.js"));
        return Html.page("Doorbuster: benchmarks", library("dist/uPlot.min.css") + resource("bench.css"), body);
    }

    private static void add(Html body, Section section) {
        body.element("h2", "", section.title());
        if (!section.note().isEmpty()) {
            body.paragraph(section.note());
        }
        body.begin("div", "plots").end();
        List<List<String>> rows = MarkdownReport.rows(section);
        body.begin("div", "wide").begin("table", "numbers").row("th", "", rows.get(0));
        rows.subList(1, rows.size()).forEach(cells -> body.row("td", "", cells));
        body.end().end();
    }

    /** What the script draws: for each section its plots, as medians and ranges by column and variant. */
    private static String data(List<Section> sections) {
        try {
            return MAPPER.writeValueAsString(sections.stream()
                    .map(section -> Map.of("variants", section.variants(), "plots", plots(section)))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is plain data", e);
        }
    }

    private static List<Map<String, Object>> plots(Section section) {
        return section.plots().stream()
                .map(plot -> Map.<String, Object>of(
                        "title", plot.title(),
                        "stacked", plot.stacked(),
                        "logarithmic", plot.logarithmic(),
                        "series",
                                plot.columns().stream()
                                        .map(column -> series(section, column))
                                        .toList()))
                .toList();
    }

    private static Map<String, Object> series(Section section, Column column) {
        var series = new HashMap<String, Object>();
        series.put("title", column.title());
        series.put(
                "values",
                section.variants().stream()
                        .map(variant -> section.spread(variant, column)
                                .map(spread -> List.of(spread.median(), spread.min(), spread.max()))
                                .orElse(List.of()))
                        .toList());
        return series;
    }

    private static String library(String file) {
        return resource("/" + new WebJarVersionLocator().fullPath(WEB_JAR, file));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
