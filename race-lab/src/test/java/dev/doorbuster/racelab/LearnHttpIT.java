package dev.doorbuster.racelab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lessons' HTTP API. */
class LearnHttpIT extends LabOnServers {
    private static final String RUNS = "/api/learn/lessons/%s/runs";

    @Test
    void listsTopicsAndTheirLessons() {
        JsonArray topics = new JsonObject(lab.get("/api/learn/topics").body()).getJsonArray("topics");

        assertThat(topics).isNotEmpty();
        JsonObject first = topics.getJsonObject(0);
        JsonObject topic = new JsonObject(
                lab.get("/api/learn/topics/" + first.getString("topic")).body());
        assertThat(topic.getJsonArray("lessons")).hasSize(first.getInteger("lessons"));
        JsonObject text = topic.getJsonArray("lessons").getJsonObject(0).getJsonObject("text");
        assertThat(text.fieldNames()).contains("en", "zh");
    }

    @Test
    void answersARunWithALineForEachCommandAndAVerdict() {
        // When
        HttpResponse<String> run = lab.send(runs("redis-watch", "operator"));

        // Then
        assertThat(run.statusCode()).isEqualTo(200);
        assertThat(run.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        List<JsonObject> lines = run.body().lines().map(JsonObject::new).toList();
        assertThat(lines.get(1).getString("sent")).isEqualTo("WATCH learn:product_count");
        assertThat(lines.get(5).getString("reply")).isEqualTo("(nil)");
        assertThat(lines.get(lines.size() - 1).getBoolean("green")).isTrue();
    }

    /** No broker is running here. */
    @Test
    void aRunWithoutItsServerSaysWhatIsWrong() {
        HttpResponse<String> run = lab.send(runs("rabbitmq-publish-get", "operator"));

        JsonObject end =
                new JsonObject(run.body().lines().reduce((first, last) -> last).orElseThrow());
        assertThat(end.getBoolean("green")).isFalse();
        assertThat(end.getString("problem")).isNotBlank();
    }

    @Test
    void runsTheLessonsOfSeveralOperatorsOneAfterTheOther() {
        List<HttpResponse<String>> runs = Stream.generate(() -> runs("redis-incr", "operator"))
                .limit(6)
                .parallel()
                .map(lab::send)
                .toList();

        assertThat(runs).allSatisfy(run -> assertThat(run.body()).contains("\"green\":true"));
    }

    @Test
    void isForOperatorsAndKnowsItsLessons() {
        assertThat(lab.send(runs("redis-get", "buyer")).statusCode()).isEqualTo(403);
        assertThat(lab.send(lab.bare("/api/learn/topics")).statusCode()).isEqualTo(401);
        assertThat(lab.send(runs("no-such", "operator")).body()).contains("/problems/unknown-lesson");
        assertThat(lab.get("/api/learn/topics/none").body()).contains("/problems/unknown-lesson");
    }

    private static HttpRequest.Builder runs(String lesson, String role) {
        return lab.bare(RUNS.formatted(lesson))
                .header("Authorization", "Bearer " + lab.token(role))
                .POST(HttpRequest.BodyPublishers.noBody());
    }
}
