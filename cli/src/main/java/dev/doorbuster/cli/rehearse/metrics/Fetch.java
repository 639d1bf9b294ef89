package dev.doorbuster.cli.rehearse.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches one page within a time limit. */
final class Fetch {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    String text(URI page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page).timeout(ANSWER_MAX).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("it answers " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IOException("no metrics from %s: %s".formatted(page, e), e);
        }
    }
}
