package dev.doorbuster.learn.http;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Lesson.Text;
import dev.doorbuster.learn.lesson.Step;
import dev.doorbuster.learn.lesson.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.function.Function;

/** Topics and lessons as JSON, with the texts of both languages. */
final class LessonJson {
    private LessonJson() {}

    static JsonObject summary(Topic topic) {
        return new JsonObject()
                .put("topic", topic.topic())
                .put("system", topic.system().wireName())
                .put("title", text(topic.title()));
    }

    /** @param javaCall the source text of a step */
    static JsonObject topic(Topic topic, Function<Step, String> javaCall) {
        var lessons = new JsonArray();
        topic.lessons().forEach(lesson -> lessons.add(lesson(lesson, javaCall)));
        return summary(topic).put("lessons", lessons);
    }

    private static JsonObject lesson(Lesson lesson, Function<Step, String> javaCall) {
        var steps = new JsonArray();
        lesson.steps().forEach(step -> steps.add(step(step, javaCall)));
        var json = new JsonObject()
                .put("id", lesson.id())
                .put("covers", new JsonArray(lesson.covers()))
                .put("title", text(lesson.title()))
                .put("text", text(lesson.text()))
                .put("tutorial", lesson.tutorial())
                .put("setup", new JsonArray(lesson.setup()))
                .put("steps", steps);
        return lesson.job() == null
                ? json.put("noJob", text(lesson.noJob()))
                : json.put(
                        "job",
                        text(lesson.job().text())
                                .put("file", lesson.job().file())
                                .put("test", lesson.job().test()));
    }

    private static JsonObject step(Step step, Function<Step, String> javaCall) {
        return new JsonObject()
                .put("actor", step.actor())
                .put("kind", step.kind().name().toLowerCase(Locale.ROOT))
                .put("java", step.command().isEmpty() ? "" : javaCall.apply(step));
    }

    private static JsonObject text(Text text) {
        return new JsonObject().put("en", text.en()).put("zh", text.zh());
    }
}
