package dev.doorbuster.cli.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.crowd.client.ApiClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs topics and prints commands and replies as they arrive. */
final class LessonPrinter {
    private final ApiClient client;
    private final String language;
    private final PrintWriter out;
    private int green;
    private int failed;

    /** @param language {@code en} or {@code zh} */
    LessonPrinter(ApiClient client, String language, PrintWriter out) {
        this.client = client;
        this.language = language;
        this.out = out;
    }

    void listTopics() throws InterruptedException {
        for (JsonNode topic : client.get("/api/learn/topics").get("topics")) {
            out.printf(
                    "%-24s %3d  %s%n",
                    topic.get("topic").asText(), topic.get("lessons").asInt(), text(topic.get("title")));
        }
        out.flush();
    }

    List<String> topics() throws InterruptedException {
        var topics = new ArrayList<String>();
        client.get("/api/learn/topics")
                .get("topics")
                .forEach(each -> topics.add(each.get("topic").asText()));
        return topics;
    }

    void run(String topic) throws InterruptedException {
        JsonNode lessons = client.get("/api/learn/topics/" + topic);
        out.printf("%n%s%n", text(lessons.get("title")));
        for (JsonNode lesson : lessons.get("lessons")) {
            out.printf(
                    "%n%s (%s)%n  %s%n  >>> %s%n",
                    text(lesson.get("title")),
                    lesson.get("id").asText(),
                    text(lesson.get("text")),
                    lesson.get("tutorial").asText());
            JsonNode steps = lesson.get("steps");
            client.stream("/api/learn/lessons/" + lesson.get("id").asText() + "/runs", event -> print(event, steps));
            out.flush();
        }
    }

    private void print(JsonNode event, JsonNode steps) {
        if (event.has("green")) {
            end(event);
            return;
        }
        String sent = event.get("sent").asText();
        if (!sent.isEmpty()) {
            out.printf(
                    "  %s> %s%n",
                    steps.get(event.get("step").asInt()).get("actor").asText(), sent);
        }
        if (event.has("reply")) {
            out.printf("    %s%n", event.get("reply").asText());
            if (!event.get("matches").asBoolean()) {
                out.printf("    EXPECTED %s%n", event.get("expected").asText());
            }
        }
        out.flush();
    }

    private void end(JsonNode event) {
        if (event.get("green").asBoolean()) {
            green++;
        } else {
            failed++;
            out.printf("  FAILED %s%n", event.path("problem").asText(""));
        }
    }

    /** Whether there was a lesson and all were green. */
    boolean summary() {
        out.printf("%n%d lessons: %d green, %d failed%n", green + failed, green, failed);
        out.flush();
        return failed == 0 && green > 0;
    }

    private String text(JsonNode texts) {
        return texts.get(language).asText();
    }
}
