package dev.doorbuster.cli.draw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** Reads a published draw from its URL, page by page, or from a file with the same JSON. */
public final class DrawSource {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int PAGES_MAX = 10_000;

    private DrawSource() {}

    public static JsonNode read(String source) throws IOException, InterruptedException {
        return source.matches("https?://.*") ? pages(source) : MAPPER.readTree(Files.readAllBytes(Path.of(source)));
    }

    private static JsonNode pages(String url) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
        JsonNode page = page(http, url, 0);
        if (!(page instanceof ObjectNode draw)) {
            throw new IOException(url + " is no draw");
        }
        long size = (long) page.path("order").size() + page.path("withdrawn").size();
        // The withdrawn entries of a raffle are behind all others.
        long entrants =
                page.path("entrants").asLong() + page.path("withdrawals").asLong();
        if (entrants > PAGES_MAX * Math.max(1, size)) {
            throw new IOException(url + " has more than " + PAGES_MAX + " pages");
        }
        // The last page first: winners that are added meanwhile then leave no gap.
        var pages = new ArrayDeque<JsonNode>();
        for (long from = size == 0 ? 0 : (entrants - 1) / size * size; from > 0; from -= size) {
            pages.push(page(http, url, from));
        }
        pages.push(size < entrants ? page(http, url, 0) : page.deepCopy());
        for (String list : List.of("order", "winners", "withdrawn")) {
            ArrayNode all = draw.withArray(list).removeAll();
            pages.forEach(each -> each.path(list).forEach(all::add));
        }
        return draw;
    }

    private static JsonNode page(HttpClient http, String url, long from) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "?from=" + from))
                .timeout(ANSWER_MAX)
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + answer.statusCode());
        }
        return MAPPER.readTree(answer.body());
    }
}
