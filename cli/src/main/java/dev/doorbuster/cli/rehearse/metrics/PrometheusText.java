package dev.doorbuster.cli.rehearse.metrics;

import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses Prometheus' text format, version 0.0.4: samples only, no metadata. */
final class PrometheusText {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? +(\\S+)(?: +-?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private PrometheusText() {}

    /**
     * Parses all samples of a page.
     *
     * @throws IllegalArgumentException if the page is malformed
     */
    static List<Sample> parse(String page) {
        var samples = new ArrayList<Sample>();
        for (String line : page.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Matcher sample = LINE.matcher(line.strip());
                if (!sample.matches()) {
                    throw new IllegalArgumentException("no line of Prometheus' text format: " + line);
                }
                samples.add(new Sample(sample.group(1), labels(sample.group(2)), number(sample.group(3))));
            }
        }
        return samples;
    }

    private static Map<String, String> labels(String written) {
        var labels = new HashMap<String, String>();
        Matcher label = LABEL.matcher(written == null ? "" : written);
        while (label.find()) {
            labels.put(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
        }
        return labels;
    }

    /** Parses a number in Go's notation. */
    static double number(String written) {
        return switch (written) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(written);
        };
    }
}
