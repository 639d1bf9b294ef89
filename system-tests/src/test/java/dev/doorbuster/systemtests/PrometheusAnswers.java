package dev.doorbuster.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs queries on a Prometheus. */
final class PrometheusAnswers {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI prometheus;

    PrometheusAnswers(URI prometheus) {
        this.prometheus = prometheus;
    }

    /** All values of the expression since then, one series after the other. */
    List<Double> numbers(String expression, Instant since) {
        JsonNode data = get("/api/v1/query_range?step=1&query=" + encode(expression) + "&start="
                + since.getEpochSecond() + "&end=" + Instant.now().getEpochSecond());
        var numbers = new ArrayList<Double>();
        for (JsonNode series : data.required("result")) {
            for (JsonNode point : series.required("values")) {
                double number = number(point.get(1).asText());
                if (!Double.isNaN(number)) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    /** The current values of the metric. */
    JsonNode now(String expression) {
        return get("/api/v1/query?query=" + encode(expression)).required("result");
    }

    List<String> metrics() {
        var names = new ArrayList<String>();
        get("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
        return names;
    }

    List<String> firing() {
        var firing = new ArrayList<String>();
        for (JsonNode alert : get("/api/v1/alerts").required("alerts")) {
            if (alert.required("state").asText().equals("firing")) {
                firing.add(alert.toString());
            }
        }
        return firing;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private JsonNode get(String path) {
        var request = HttpRequest.newBuilder(prometheus.resolve(path))
                .timeout(ANSWER_MAX)
                .build();
        try {
            JsonNode answer = JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.required("status").asText().equals("success")) {
                throw new IllegalStateException(path + ": " + answer);
            }
            return answer.required("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
